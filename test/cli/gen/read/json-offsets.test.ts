import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonOffsets } from "../../../../cli/gen/read/json-offsets.ts";
import { formatPointer } from "../../../../cli/gen/read/pointer.ts";
import { createPointerTree, offsetOf } from "../../../../cli/gen/read/pointer-tree.ts";

function find(text: string, ...pointers: string[]): (number | undefined)[] {
  const tree = createPointerTree(pointers);
  findJsonOffsets(text, tree);
  return pointers.map((pointer) => offsetOf(tree, pointer));
}

/** Writes JSON with any white space, and notes where everything begins: the reference. */
function write(
  value: unknown,
  spaces: () => string,
): { text: string; offsets: Map<string, number> } {
  const offsets = new Map<string, number>();
  let text = spaces();
  offsets.set("", text.length);

  function put(node: unknown, way: readonly (string | number)[]): void {
    if (Array.isArray(node)) {
      text += "[";
      for (const [index, item] of node.entries()) {
        text += (index === 0 ? "" : ",") + spaces();
        offsets.set(formatPointer([...way, index]), text.length);
        put(item, [...way, index]);
        text += spaces();
      }
      text += "]";
    } else if (typeof node === "object" && node !== null) {
      text += "{";
      for (const [index, [key, item]] of Object.entries(node).entries()) {
        text += (index === 0 ? "" : ",") + spaces();
        offsets.set(formatPointer([...way, key]), text.length);
        text += `${JSON.stringify(key) + spaces()}:${spaces()}`;
        put(item, [...way, key]);
        text += spaces();
      }
      text += "}";
    } else text += JSON.stringify(node);
  }

  put(value, []);
  return { text, offsets };
}

describe("places in a JSON text", () => {
  it("a member is where its key begins, an item where its value begins", () => {
    expect(find('{"a": [1, {"b": 2}]}', "", "/a", "/a/0", "/a/1", "/a/1/b")).toEqual([
      0, 1, 7, 10, 11,
    ]);
  });

  it("what is not there has the place of what is above it", () => {
    expect(find(' {"a": {"b": 1}}', "/a/c", "/x", "/a/b/c", "/a/0")).toEqual([2, 1, 8, 2]);
  });

  it("keys are compared unescaped", () => {
    expect(find('{"a/b": {"~": {"\\u0063": 1}}}', "/a~1b/~0/c")).toEqual([15]);
  });

  it("quotes, brackets and backslashes in texts do not confuse it", () => {
    const text = '{"x": "}]\\"{[", "y\\\\": ["\\\\"], "z": 1}';
    expect(find(text, "/z")).toEqual([text.indexOf('"z"')]);
  });

  it("of a key that occurs twice the last counts, as for JSON.parse", () => {
    const text = '{"a": {"b": 1}, "a": {"c": 2}}';
    expect(find(text, "/a/c", "/a/b")).toEqual([22, 16]);
  });

  it("parts that nobody asks for may nest to any depth", () => {
    const text = `{"deep": ${"[".repeat(200_000)}${"]".repeat(200_000)}, "after": 1}`;
    expect(find(text, "/after")).toEqual([text.indexOf('"after"')]);
  });

  it("finds every place of any JSON value, however it is written", () => {
    const space = fc.constantFrom("", " ", "\n", "\t", "\r\n", "  \n ");
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.array(space, { minLength: 1 }),
        (value, choices) => {
          let next = 0;
          const { text, offsets } = write(value, () => {
            next += 1;
            return choices[next % choices.length] ?? "";
          });
          const pointers = [...offsets.keys()];
          expect(find(text, ...pointers)).toEqual(pointers.map((pointer) => offsets.get(pointer)));
        },
      ),
    );
  });
});
