// What a JavaScript program does with the endpoint; prints one JSON object. node client.mjs MODULES ADDRESS AUTHORIZATION
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, address, authorization] = process.argv.slice(2);
const { SparqlEndpointFetcher } = createRequire(pathToFileURL(`${modules}/`))('fetch-sparql-endpoint');
const fetcher = new SparqlEndpointFetcher({ defaultHeaders: new Headers({ Authorization: authorization }) });
const count = async (stream) => { let n = 0; for await (const each of stream) n += 1; return n; };

await fetcher.fetchUpdate(address, 'INSERT DATA { GRAPH graph:edits { <urn:js> rdfs:comment "由程序写入"@zh } }');
const names = [];
for await (const row of await fetcher.fetchBindings(address, 'SELECT ?name { GRAPH graph:edits { <urn:js> rdfs:comment ?name } }')) names.push(row.name.value);
let refusal = '';
try { await fetcher.fetchBindings(address, 'SELECT * {'); } catch (error) { refusal = error.message; }
console.log(JSON.stringify({
  names,
  ask: await fetcher.fetchAsk(address, 'ASK { ?s a eco:Agency }'),
  triples: await count(await fetcher.fetchTriples(address, 'CONSTRUCT WHERE { ?s a eco:Agency }')),
  cut: await count(await fetcher.fetchBindings(address, 'SELECT * { ?a ?b ?c . ?d ?e ?f }')),
  refusal,
}));
