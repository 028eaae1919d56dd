// An independent gRPC-Web client (Google's) at the gateway, from the .proto files alone: calls every unary method, then follows a stream until
// a set has ended. Prints one JSON object a line. Usage: node grpc_web.mjs PROTO_DIR URL
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";
import grpcWeb from "grpc-web";
import XMLHttpRequest from "xhr2";
import fs from "node:fs";

/** What a browser has; this one shows what came so far, as a stream needs it. */
globalThis.XMLHttpRequest = class extends XMLHttpRequest {
  _onHttpResponseData(response, data) {
    this.responseText = (this.responseText ?? "") + data.toString("latin1");
    super._onHttpResponseData(response, data);
    this.onreadystatechange?.({});
  }
  get response() {
    return this.responseText;
  }
  set response(whole) {}
};
const [protoDir, url] = process.argv.slice(2);
const files = fs.readdirSync(`${protoDir}/sheave/v1`).map((file) => `sheave/v1/${file}`);
const { sheave } = grpc.loadPackageDefinition(
  loader.loadSync(files, { includeDirs: [protoDir], keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true, bytes: String }),
);
const tell = (event, value) => console.log(JSON.stringify({ event, ...value }));

/** Streams come as text, because an XMLHttpRequest shows no bytes before the end. */
const client = new grpcWeb.GrpcWebClientBase({ format: "text" });
const descriptor = (method, type) =>
  new grpcWeb.MethodDescriptor(method.path, type, Object, Object, (message) => method.requestSerialize(message), (bytes) => method.responseDeserialize(Buffer.from(bytes)));

function call(method, request) {
  return new Promise((resolve) => {
    const deadline = String(Date.now() + 30_000);
    client.rpcCall(url + method.path, request, { deadline }, descriptor(method, grpcWeb.MethodType.UNARY), (error, answer) =>
      resolve(error ? { code: error.code, text: error.message, details: Boolean(error.metadata?.["grpc-status-details-bin"]) } : { code: 0, answer }),
    );
  });
}

const MACHINE = "machines/-";
/** What is asked for where an empty request would say nothing. */
const REQUESTS = {
  GetProgram: { name: "programs/cable-row" },
  PreviewProgram: { name: "programs/cable-row" },
  CreateSession: { parent: MACHINE, request_id: "conformance", program: "programs/cable-row" },
  SelfTest: { name: "machines/elsewhere" }, // it would move the handle for a minute
  AcquireLease: { machine: MACHINE, client: "conformance" },
};
const byMachine = (method) => ({ name: MACHINE, machine: MACHINE, parent: MACHINE, ...REQUESTS[method] });

for (const [service, { service: methods }] of Object.entries(sheave.v1).filter(([, value]) => value.service)) {
  for (const [name, method] of Object.entries(methods)) {
    if (method.responseStream) continue;
    const { code, text, answer, details } = await call(method, byMachine(name));
    tell("called", { method: `${service}.${name}`, code, text, details, answer: name === "ListPrograms" ? { programs: answer?.programs.length } : undefined });
  }
}

const watch = sheave.v1.WatchService.service.Watch;
const stream = client.serverStreaming(url + watch.path, { machine: MACHINE }, {}, descriptor(watch, grpcWeb.MethodType.SERVER_STREAMING));
let reps = 0;
stream.on("data", (response) => {
  if (response.event === "snapshot" && reps === 0) tell("snapshot", { stage: response.snapshot.stage });
  if (response.event === "rep" && response.rep.verdict === "REP_VERDICT_COUNTED") tell("rep", { index: response.rep.index, seq: response.cursor.seq, count: ++reps });
  if (response.event !== "set") return;
  tell("set", { counted: response.set.counted_reps });
  stream.cancel();
  process.exit(0);
});
stream.on("error", (error) => {
  tell("broke", { code: error.code, text: error.message });
  process.exit(1);
});
