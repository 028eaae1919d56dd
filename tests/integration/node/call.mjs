// One call from the .proto files alone; prints each answer as a line of JSON, or {"error": {code, details}} and fails.
// Usage: node call.mjs PROTO_DIR ADDRESS Service.Method [JSON]
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";
import fs from "node:fs";

const [protoDir, address, name, text] = process.argv.slice(2);
const files = fs.readdirSync(`${protoDir}/sheave/v1`).map((file) => `sheave/v1/${file}`);
const options = { includeDirs: [protoDir], keepCase: true, longs: Number, enums: String, defaults: true, bytes: String };
const { sheave } = grpc.loadPackageDefinition(loader.loadSync(files, options));
const [service, method] = name.split(".");
const client = new sheave.v1[service](address, grpc.credentials.createInsecure());
const request = text ? JSON.parse(text) : {};
const deadline = { deadline: Date.now() + 30_000 };
const print = (answer) => console.log(JSON.stringify(answer));
const fail = ({ code, details }) => {
  print({ error: { code, details } });
  process.exitCode = 1;
};

if (sheave.v1[service].service[method].responseStream) {
  client[method](request, deadline).on("data", print).on("error", fail).on("end", () => client.close());
} else {
  client[method](request, deadline, (error, answer) => {
    error ? fail(error) : print(answer);
    client.close();
  });
}
