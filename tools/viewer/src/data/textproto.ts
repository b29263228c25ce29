// A reader of protobuf's text format, for the scenario's files that a trace carries in its header.
// Knows no schema: every field is a list of values, in the order of the file.

export type TextValue = string | number | boolean | TextMessage;
export interface TextMessage {
  [field: string]: TextValue[];
}

/** Parses a file. Throws an Error with the offset where it is none. */
export function parseTextproto(text: string): TextMessage {
  const parser = new Parser(text);
  return parser.message("");
}

const token = /\s+|#[^\n]*|([A-Za-z_][\w.]*)|([-+]?(?:\d[\w.+]*(?:[eE][-+]?\d+)?|\.\d+))|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([{}<>[\]:;,])/y;

class Parser {
  private kind = "";
  private value = "";

  constructor(private readonly text: string) {
    token.lastIndex = 0;
    this.next();
  }

  /** Fields up to the closing brace, or the end of the file. */
  message(close: string): TextMessage {
    // No prototype: a field may have any name.
    const message: TextMessage = Object.create(null) as TextMessage;
    while (this.value !== close || this.kind !== (close ? "mark" : "end")) {
      if (this.kind !== "name") this.fail("a field's name");
      const values = (message[this.value] ??= []);
      this.next();
      const colon = this.accept(":");
      if (colon && this.accept("[")) {
        while (!this.accept("]")) {
          values.push(this.one());
          this.accept(",");
        }
      } else values.push(this.one());
      if (!this.accept(";")) this.accept(",");
    }
    return message;
  }

  private one(): TextValue {
    if (this.value === "{" || this.value === "<") {
      const close = this.value === "{" ? "}" : ">";
      this.next();
      const message = this.message(close);
      this.next();
      return message;
    }
    const { kind, value } = this;
    if (kind === "text") {
      let whole = "";
      while (this.kind === "text") {
        whole += unescape(this.value.slice(1, -1));
        this.next();
      }
      return whole;
    }
    if (kind !== "number" && kind !== "name") this.fail("a value");
    this.next();
    if (kind === "number") return parseFloat(value);
    return value === "true" ? true : value === "false" ? false : value;
  }

  private accept(mark: string): boolean {
    if (this.kind !== "mark" || this.value !== mark) return false;
    this.next();
    return true;
  }

  private next(): void {
    for (;;) {
      if (token.lastIndex >= this.text.length) {
        this.kind = "end";
        this.value = "";
        return;
      }
      const match = token.exec(this.text);
      if (!match) this.fail("a token");
      const [, name, number, text, mark] = match!;
      const value = name ?? number ?? text ?? mark;
      if (value === undefined) continue; // space or a comment
      this.value = value;
      this.kind = name !== undefined ? "name" : number !== undefined ? "number" : text !== undefined ? "text" : "mark";
      return;
    }
  }

  private fail(wanted: string): never {
    throw new Error(`text format: ${wanted} expected, got '${this.value}' at ${token.lastIndex}`);
  }
}

function unescape(text: string): string {
  return text.replace(/\\(n|t|r|.)/g, (_, c: string) => ({ n: "\n", t: "\t", r: "\r" })[c] ?? c);
}

// Reading what was parsed: the last value counts, as in protobuf.
export const str = (m: TextMessage | undefined, field: string): string => {
  const v = m?.[field]?.at(-1);
  return v === undefined || typeof v === "object" ? "" : String(v);
};
export const num = (m: TextMessage | undefined, field: string): number | undefined => {
  const v = m?.[field]?.at(-1);
  return typeof v === "number" ? v : undefined;
};
export const flag = (m: TextMessage | undefined, field: string): boolean => m?.[field]?.at(-1) === true;
export const sub = (m: TextMessage | undefined, field: string): TextMessage | undefined => {
  const v = m?.[field]?.at(-1);
  return typeof v === "object" ? v : undefined;
};
export const subs = (m: TextMessage | undefined, field: string): TextMessage[] =>
  (m?.[field] ?? []).filter((v): v is TextMessage => typeof v === "object");
export const strs = (m: TextMessage | undefined, field: string): string[] => (m?.[field] ?? []).map(String);
