// Replicates the documents of one in-memory PouchDB into another: prints the milliseconds of the replication. Argument: a JSON file of
// documents in two states, {"before": [...], "after": [...]}; "before" is in both databases when the clock starts.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.argv[3] + "/");
const PouchDB = require("pouchdb-core").plugin(require("pouchdb-adapter-memory")).plugin(require("pouchdb-replication"));
const documents = JSON.parse(readFileSync(process.argv[2], "utf8"));
const sender = new PouchDB("sender", { adapter: "memory" });
const receiver = new PouchDB("receiver", { adapter: "memory" });
for (const state of documents) {
  const present = await sender.allDocs({ keys: state.map((one) => one._id) });
  const revisions = new Map(present.rows.filter((row) => row.value).map((row) => [row.id, row.value.rev]));
  await sender.bulkDocs(state.map((one) => (revisions.has(one._id) ? { ...one, _rev: revisions.get(one._id) } : one)));
}
const start = performance.now();
await sender.replicate.to(receiver, { batch_size: 1000 });
console.log(performance.now() - start);
