// A client made from the .proto files alone: lists programs, starts one, is cut off twice in mid-set, resumes by cursor, and must end with
// every rep exactly once. Usage: node client.mjs PROTO_DIR ADDRESS PROGRAM SETS REST_SECONDS
import { randomUUID } from "node:crypto";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const [protoDir, address, program, sets, rest] = process.argv.slice(2);
const files = ["program", "session", "watch", "telemetry"].map((name) => `sheave/v1/${name}.proto`);
const definition = loader.loadSync(files, { includeDirs: [protoDir], keepCase: true, longs: String, enums: String, defaults: true, oneofs: true });
const { sheave } = grpc.loadPackageDefinition(definition);
const credentials = grpc.credentials.createInsecure();

/** A unary call as a promise, with a deadline. */
const call = (client, method, request) =>
  new Promise((resolve, reject) => {
    client[method](request, { deadline: Date.now() + 30_000 }, (error, answer) => (error ? reject(error) : resolve(answer)));
  });

const check = (condition, message) => {
  if (!condition) throw new Error(message);
};

const programs = new sheave.v1.ProgramService(address, credentials);
const listed = (await call(programs, "ListPrograms", {})).programs.map((p) => p.name);
check(listed.includes(`programs/${program}`), `${program} is not among ${listed.join(", ")}`);

const seen = []; // names of reps, in the order in which they came
let session = null;
let cursor = null;
let cuts = 0;

/** Watches on a connection of its own until `enough(event)`, then drops the connection without a word. */
function watch(enough) {
  return new Promise((resolve, reject) => {
    const client = new sheave.v1.WatchService(address, credentials, { "grpc.use_local_subchannel_pool": 1 });
    const request = { machine: "machines/-", kinds: ["WATCH_KIND_REPS", "WATCH_KIND_SETS", "WATCH_KIND_STATE"] };
    if (cursor) request.after = cursor;
    const stream = client.Watch(request);
    let done = false;
    stream.on("data", (event) => {
      if (done) return;
      if (event.cursor) cursor = event.cursor;
      if (event.event === "rep" && session && event.rep.name.startsWith(session)) seen.push(event.rep.name);
      if (enough(event)) {
        done = true;
        stream.cancel();
        client.close();
        resolve();
      }
    });
    stream.on("error", (error) => done || reject(error));
    stream.on("end", () => done || reject(new Error("the stream ended by itself")));
  });
}

// The cursor of now, before anything of this session is in the log.
await watch((event) => event.event === "snapshot");
check(cursor, "the snapshot carries no cursor");

const sessions = new sheave.v1.SessionService(address, credentials);
const request = { parent: "machines/-", request_id: randomUUID(), program: `programs/${program}`, sets: Number(sets), rest: { seconds: Number(rest) } };
const created = await call(sessions, "CreateSession", request);
const again = await call(sessions, "CreateSession", request);
check(again.name === created.name, `the same request_id made a second session ${again.name}`);
session = created.name;
await call(sessions, "ActivateSession", { name: session });

const inSet = (event) => event.event === "rep" && event.rep.name.startsWith(session);
for (const after of [2, 4]) {
  await watch((event) => inSet(event) && seen.length >= after);
  cuts += 1;
}
const finished = (event) => event.event === "snapshot" && event.snapshot.session?.state === "SESSION_STATE_FINISHED";
await watch((event) => finished(event));

const telemetry = new sheave.v1.TelemetryService(address, credentials);
const stored = [];
let page = "";
do {
  const answer = await call(telemetry, "ListReps", { parent: `${session}/sets/-`, page_size: 3, page_token: page });
  stored.push(...answer.reps.map((rep) => rep.name));
  page = answer.next_page_token;
} while (page);

check(new Set(seen).size === seen.length, `a rep came twice: ${seen.join(" ")}`);
check(JSON.stringify(seen) === JSON.stringify(stored), `watched ${seen.join(" ")}\nstored ${stored.join(" ")}`);
console.log(JSON.stringify({ session, cuts, reps: seen.length, programs: listed.length }));
process.exit(0);
