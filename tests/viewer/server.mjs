// `oneup serve` for a test: on a free port, ended by its process id.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts the program; resolves once it has said where it serves. */
export function startServer(program, args = []) {
  const child = spawn(program, ["serve", "--port", "0", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const stop = () => child.kill("SIGTERM");
  process.on("exit", stop);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`oneup serve ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) resolve({ url, stop });
    });
  });
}
