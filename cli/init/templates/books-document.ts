/** The document of the sample service, with examples whose ids agree, so that joined answers make sense. */
export const booksDocument = `openapi: 3.1.0
info:
  title: Books
  version: 1.0.0
paths:
  /books:
    get:
      operationId: listBooks
      summary: List the books
      responses:
        "200":
          description: The books
          content:
            application/json:
              schema:
                type: array
                items: { $ref: "#/components/schemas/Book" }
              example:
                - { id: dune, title: Dune, authorId: herbert, year: 1965 }
                - { id: emma, title: Emma, authorId: austen, year: 1815 }
  /books/{bookId}:
    parameters:
      - $ref: "#/components/parameters/bookId"
    get:
      operationId: getBook
      summary: Get one book
      responses:
        "200":
          description: The book
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Book" }
              example: { id: dune, title: Dune, authorId: herbert, year: 1965 }
        "404":
          description: There is no such book
  /books/{bookId}/reviews:
    parameters:
      - $ref: "#/components/parameters/bookId"
    get:
      operationId: listReviews
      summary: List what readers say about a book
      responses:
        "200":
          description: The reviews
          content:
            application/json:
              schema:
                type: array
                items: { $ref: "#/components/schemas/Review" }
              example:
                - { stars: 5, text: "The spice must flow." }
                - { stars: 4, text: "Long, and worth it." }
  /authors/{authorId}:
    parameters:
      - name: authorId
        in: path
        required: true
        example: herbert
        schema: { type: string }
    get:
      operationId: getAuthor
      summary: Get one author
      responses:
        "200":
          description: The author
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Author" }
              example: { id: herbert, name: Frank Herbert }
components:
  parameters:
    bookId:
      name: bookId
      in: path
      required: true
      example: dune
      schema: { type: string }
  schemas:
    Book:
      type: object
      required: [id, title, authorId]
      properties:
        id: { type: string }
        title: { type: string }
        authorId: { type: string }
        year: { type: integer }
    Author:
      type: object
      required: [id, name]
      properties:
        id: { type: string }
        name: { type: string }
    Review:
      type: object
      required: [stars, text]
      properties:
        stars: { type: integer, minimum: 1, maximum: 5 }
        text: { type: string }
`;
