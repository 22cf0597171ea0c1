/* llama_server.mjs -- a small language model behind an interface as OpenAI's, for isogloss
 * evaluate: /v1/completions (with echo and logprobs), /v1/chat/completions, /v1/models. One request
 * at a time, on this machine only, without network; README.md says what to install.
 *
 *     node llama_server.mjs --gguf MODEL.gguf [--port 8080] [--port-file FILE] [--modules FOLDER]
 *                           [--threads 1] [--context 1024]
 *
 * Port 0 is any free one; --port-file gets its number when the model is ready. --modules is a
 * folder in which npm has installed node-llama-cpp, if it is not found from here.
 *
 * SPDX-License-Identifier: Apache-2.0
 */
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { renameSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const LARGEST = 1 << 20; // bytes of a request

const { values: options } = parseArgs({
    options: {
        gguf: { type: "string" },
        port: { type: "string", default: "8080" },
        "port-file": { type: "string" },
        modules: { type: "string" },
        threads: { type: "string", default: "1" },
        context: { type: "string", default: "1024" },
    },
});
if (!options.gguf) {
    console.error("llama_server.mjs: --gguf MODEL.gguf is needed");
    process.exit(2);
}

async function importLlama() {
    if (!options.modules)
        return import("node-llama-cpp");
    const require = createRequire(join(resolve(options.modules), "index.js"));
    return import(pathToFileURL(require.resolve("node-llama-cpp")));
}

const { getLlama, LlamaChatSession, LlamaCompletion, LlamaLogLevel } = await importLlama();
const llama = await getLlama({
    build: "never", skipDownload: true, gpu: false, progressLogs: false,
    maxThreads: Number(options.threads), logLevel: LlamaLogLevel.error,
});
const model = await llama.loadModel({ modelPath: options.gguf });
const context = await model.createContext({
    contextSize: Number(options.context), threads: Number(options.threads), sequences: 1,
});
const sequence = context.getSequence();
const name = basename(options.gguf);

class Refused extends Error {}

/* The prompt as tokens, one more than fits being refused; the model's own start comes first. */
function tokenize(prompt, more) {
    const tokens = model.tokenize(prompt);
    if (model.tokens.shouldPrependBosToken && model.tokens.bos !== null)
        tokens.unshift(model.tokens.bos);
    if (tokens.length + more > context.contextSize)
        throw new Refused(`${tokens.length} tokens do not fit the context`);
    return tokens;
}

/* Pieces of text that add up to that of all tokens: what ends within a character gives it all. */
function piecesOf(tokens) {
    const pieces = [];
    let before = "";
    for (let i = 1; i <= tokens.length; i++) {
        const text = model.detokenize(tokens.slice(0, i)).replace(/\ufffd+$/u, "");
        pieces.push(text.slice(before.length));
        before = text.length > before.length ? text : before;
    }
    return pieces;
}

/* Natural logarithms of the probability of each token after those before it; null for the first. */
async function logprobsOf(tokens) {
    const input = tokens.slice(0, -1).map((token, i) => [token, {
        generateNext: {
            logits: { filter: { tokens: [tokens[i + 1]], includeTop: 1 } },
            totalLogitWeight: true,
        },
    }]);
    await sequence.clearHistory();
    const out = input.length ? await sequence.controlledEvaluate(input) : [];
    return [null, ...out.map(({ next }, i) => {
        const largest = Math.max(...next.logits.values());
        return next.logits.get(tokens[i + 1]) - largest - Math.log(next.totalLogitWeight);
    })];
}

function greedily(most) {
    return { maxTokens: most, temperature: 0, repeatPenalty: false };
}

async function complete(prompt, most) {
    if (most <= 0)
        return "";
    await sequence.clearHistory();
    return new LlamaCompletion({ contextSequence: sequence, autoDisposeSequence: false })
        .generateCompletion(tokenize(prompt, most), greedily(most));
}

async function completions({ prompt, max_tokens: most = 16, echo = false, logprobs = null }) {
    if (typeof prompt !== "string" || !Number.isInteger(most) || most < 0)
        throw new Refused("prompt is a string and max_tokens a whole number");
    const said = await complete(prompt, most);
    const text = (echo ? prompt : "") + said;
    if (logprobs === null || !echo)
        return { text, index: 0, logprobs: null, finish_reason: "length" };
    const tokens = tokenize(prompt, 0).concat(model.tokenize(said));
    const pieces = piecesOf(tokens);
    let offset = 0;
    const offsets = pieces.map((piece) => {
        const at = offset;
        offset += [...piece].length;
        return at;
    });
    return {
        text, index: 0, finish_reason: "length",
        logprobs: {
            tokens: pieces, token_logprobs: await logprobsOf(tokens), top_logprobs: null,
            text_offset: offsets,
        },
    };
}

async function chat({ messages, max_tokens: most = 256 }) {
    const roles = ["system", "user", "assistant"];
    const known = Array.isArray(messages) && messages.every(
        ({ role, content }) => roles.includes(role) && typeof content === "string");
    if (!known || messages.at(-1)?.role !== "user")
        throw new Refused("messages are of system, user, assistant, the last of the user");
    await sequence.clearHistory();
    const session = new LlamaChatSession({
        contextSequence: sequence, autoDisposeSequence: false, systemPrompt: "",
    });
    session.setChatHistory(messages.slice(0, -1).map(({ role, content }) => role === "assistant"
        ? { type: "model", response: [content] }
        : { type: role, text: content }));
    const content = await session.prompt(messages.at(-1).content, greedily(most));
    session.dispose();
    return { index: 0, message: { role: "assistant", content }, finish_reason: "stop" };
}

const paths = { "/v1/completions": completions, "/v1/chat/completions": chat };
let last = Promise.resolve(); // requests wait for one another

async function answer(path, body) {
    const handle = paths[path];
    let request;
    try {
        request = JSON.parse(body);
    } catch (problem) {
        throw new Refused(problem.message);
    }
    const turn = last.then(() => handle(request ?? {}));
    last = turn.catch(() => {});
    return { object: "text_completion", model: name, choices: [await turn] };
}

const server = createServer(async (request, response) => {
    const send = (status, value) => {
        response.writeHead(status, { "Content-Type": "application/json" });
        response.end(JSON.stringify(value));
    };
    if (request.method === "GET" && request.url === "/v1/models")
        return send(200, { object: "list", data: [{ id: name, object: "model" }] });
    if (request.method !== "POST" || !Object.hasOwn(paths, request.url))
        return send(404, { error: { message: "no such path" } });
    const parts = [];
    let size = 0;
    for await (const part of request) {
        size += part.length;
        if (size <= LARGEST)
            parts.push(part);
    }
    if (size > LARGEST)
        return send(413, { error: { message: "the request is too long" } });
    try {
        send(200, await answer(request.url, Buffer.concat(parts).toString("utf8")));
    } catch (problem) {
        send(problem instanceof Refused ? 400 : 500, { error: { message: problem.message } });
    }
});
server.listen(Number(options.port), "127.0.0.1", () => {
    const { port } = server.address();
    if (options["port-file"]) {
        writeFileSync(`${options["port-file"]}.new`, `${port}\n`);
        renameSync(`${options["port-file"]}.new`, options["port-file"]);
    }
    console.error(`${name} at http://127.0.0.1:${port}/v1`);
});
for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => process.exit(0));
