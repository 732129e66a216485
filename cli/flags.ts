/** Flags that several commands share. */
import { Flags } from "@oclif/core";

export const configFlag = Flags.string({
  char: "c",
  description: "The configuration's file. Default: heddle.config.ts.",
  helpValue: "FILE",
});

export const portFlag = Flags.integer({
  description:
    "Port to listen on; 0 takes a free one. Default: PORT, then the configuration's, then 8080.",
  min: 0,
  max: 65_535,
});

export const hostFlag = Flags.string({
  description: "Address to listen on. Default: HOST, then 127.0.0.1.",
  helpValue: "ADDRESS",
});
