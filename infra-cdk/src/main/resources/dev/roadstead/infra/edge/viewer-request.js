// Runs at the edge before anything else: decides from a request's first lines where it goes. The same rules as
// dev.roadstead.route (RequestTarget, Address, EdgeRouter), whose tables and texts stand in RULES; a test sends both the same
// requests. Sees no body, keeps nothing, never throws: what it cannot decide it refuses.
import cf from 'cloudfront';
import crypto from 'crypto';

const RULES = {};

const kvs = cf.kvs();

function Refusal(said, headers) {
  this.said = said;
  this.headers = headers || {};
}

// Clients choose the key, and every object has a toString.
function own(table, key) {
  return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
}

function decoded(text) {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) throw new Refusal(RULES.says.escape);
  let plain;
  try {
    plain = decodeURIComponent(text);
  } catch (e) {
    throw new Refusal(RULES.says.utf8);
  }
  if (/[\u0000-\u001f\u007f-\u009f]/.test(plain)) throw new Refusal(RULES.says.control);
  return plain;
}

// Every parameter is decoded, so that a malformed one is refused wherever it stands; only the digest is of use here.
function digestParameter(query) {
  let digest;
  let count = 0;
  for (const name in query) {
    const values = query[name].multiValue || [query[name]];
    count += values.length;
    if (count > RULES.parameters) throw new Refusal(RULES.says.parameters);
    const plain = decoded(name.replace(/\+/g, ' '));
    for (const i in values) {
      const value = decoded(values[i].value.replace(/\+/g, ' '));
      if (plain === 'digest' && digest === undefined) digest = value;
    }
  }
  return digest;
}

// The last segments that make a place; what is before them is the repository's name.
const ENDS = [
  [/^([^]+)\/tags\/list$/, 'TAGS'],
  [/^([^]+)\/blobs\/uploads\/?$/, 'UPLOADS'],
  [/^([^]+)\/blobs\/uploads\/([^/]+)$/, 'UPLOAD'],
  [/^([^]+)\/blobs\/([^/]*)$/, 'BLOB'],
  [/^([^]+)\/manifests\/([^/]*)$/, 'MANIFEST'],
  [/^([^]+)\/referrers\/([^/]*)$/, 'REFERRERS']
];

function address(path) {
  if (path === '/v2' || path === '/v2/') return { place: 'BASE' };
  if (path === '/v2/_catalog') return { place: 'CATALOG' };
  if (path === '/token') return { place: 'TOKEN' };
  if (path.indexOf('/api/v1/') === 0) return resource(path);
  if (path.indexOf('/v2/') === 0) {
    const rest = path.substring(4);
    for (const i in ENDS) {
      const found = ENDS[i][0].exec(rest);
      if (found) return { place: ENDS[i][1], name: found[1], last: found[2] || '' };
    }
  }
  throw new Refusal(RULES.says.path);
}

// A resource of administration, and behind it what the request is about, or nothing.
function resource(path) {
  for (const place in RULES.places) {
    const template = RULES.places[place].at;
    const variable = template.indexOf('/<');
    const fixed = variable < 0 ? template : template.substring(0, variable);
    if (fixed.indexOf('/api/v1/') !== 0 || path.indexOf(fixed) !== 0) continue;
    const rest = path.substring(fixed.length);
    if (rest === '' || (rest.length > 1 && rest.charAt(0) === '/' && variable >= 0)) return { place: place };
  }
  throw new Refusal(RULES.says.path);
}

// undefined: the client does not say. A PATCH or a PUT without both headers came over HTTP/2, where a body needs neither.
function bodyBytes(method, headers) {
  if (headers['transfer-encoding']) return undefined;
  if (headers['content-length']) return Number(headers['content-length'].value);
  return method === 'PATCH' || method === 'PUT' ? undefined : 0;
}

// Only a digest that the object store can check, or none at all.
function sha256(digest) {
  if (digest === undefined) throw new Refusal(RULES.says.noDigest);
  const colon = digest.indexOf(':');
  if (colon < 0) throw new Refusal(RULES.says.digestForm);
  const length = own(RULES.digests, digest.substring(0, colon));
  if (!length) throw new Refusal(RULES.says.algorithm);
  const hex = digest.substring(colon + 1);
  if (hex.length !== length) throw new Refusal(RULES.says['length' + length]);
  if (!/^[0-9a-f]+$/.test(hex)) throw new Refusal(RULES.says.hex);
  return length === 64 ? hex : undefined;
}

function repository(name) {
  if (name.length > 255) throw new Refusal(RULES.says.nameLength);
  if (!/^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/.test(name))
    throw new Refusal(RULES.says.name);
  return name;
}

// What an upload location says if it was signed for this repository; see dev.roadstead.route.LocationKeys for the format.
async function location(name, segment) {
  const parts = /^(.{36})\.([A-Za-z0-9_-]{12})([A-Za-z0-9_-]{24})$/.exec(segment);
  if (parts) {
    const state = Buffer.from(parts[2], 'base64url');
    const keys = (await kvs.get('location-keys')).split(',');
    for (const i in keys) {
      const mac = crypto.createHmac('sha256', Buffer.from(keys[i], 'hex'));
      mac.update(state);
      mac.update(parts[1] + name);
      if (same(mac.digest('base64url').substring(0, 24), parts[3])) {
        return { session: parts[1], fresh: state[0] === 0, until: state.readUIntBE(3, 6) };
      }
    }
  }
  throw new Refusal(RULES.says.location);
}

function same(a, b) {
  let difference = 0;
  for (let i = 0; i < 24; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

function operationAt(place, method) {
  const operations = RULES.places[place].operations;
  const operation = own(operations, method);
  if (operation) return operation;
  const allowed = Object.keys(operations).join(', ');
  const said = RULES.says.method;
  throw new Refusal([said[0], said[1], RULES.places[place].at + ' takes ' + allowed], { allow: { value: allowed } });
}

function stream(operation, length) {
  return RULES.relay ? { origin: 'relay' } : toFunction(operation, length);
}

// A body of unknown length is cut off at the limit by the function's own front.
function toFunction(operation, length) {
  if (length !== undefined) throw new Refusal(RULES.tooLong[RULES.bodies[operation] || 'NONE']);
  return { origin: operation };
}

// A PUT too long for a function: straight into the object store if that can check it, else through the relay.
async function longPut(at, operation, length, query) {
  const name = repository(at.name);
  const upload = await location(name, at.last);
  const hex = sha256(query);
  if (!RULES.direct || !upload.fresh || !hex || !(length <= RULES.directBytes)) return stream(operation, length);
  if (Math.floor(Date.now() / 1000) > upload.until) throw new Refusal(RULES.says.expired);
  return { origin: 'objects', name: name, hex: hex, session: upload.session };
}

async function destination(request) {
  const digest = digestParameter(request.querystring);
  const at = address(decoded(request.uri));
  const operation = operationAt(at.place, request.method);
  const length = bodyBytes(request.method, request.headers);
  if (length <= RULES.functionBytes) return { origin: operation };
  if (operation === 'finish-upload') return longPut(at, operation, length, digest);
  const streams = operation === 'append-chunk' || (operation === 'start-upload' && digest !== undefined);
  return streams ? stream(operation, length) : toFunction(operation, length);
}

// The object store gets what is made here and nothing that the client sent, so no header of S3's passes. It stores the body
// only if it has this SHA-256.
function directPut(request, to) {
  const repositoryHash = crypto.createHash('sha256').update(to.name).digest('hex').substring(0, 32);
  request.uri = '/in/' + repositoryHash + '/' + to.hex + '/' + to.session + '.object';
  request.querystring = {};
  const length = request.headers['content-length'];
  request.headers = {
    host: request.headers.host,
    'content-length': length,
    'content-type': { value: 'application/octet-stream' },
    'x-amz-checksum-sha256': { value: Buffer.from(to.hex, 'hex').toString('base64') },
    'x-amz-content-sha256': { value: to.hex },
    'x-amz-meta-repository': { value: to.name }
  };
}

function answer(refusal) {
  const said = refusal.said;
  const headers = refusal.headers;
  headers['content-type'] = { value: 'application/json' };
  return {
    statusCode: said[0],
    headers: headers,
    body: { encoding: 'text', data: JSON.stringify({ errors: [{ code: said[1], message: said[2] }] }) }
  };
}

async function handler(event) {
  const request = event.request;
  try {
    const to = await destination(request);
    if (to.origin === 'objects') {
      directPut(request, to);
    } else {
      request.headers['x-forwarded-host'] = { value: request.headers.host.value };
    }
    cf.selectRequestOriginById(to.origin);
    return request;
  } catch (refusal) {
    if (refusal.said) return answer(refusal);
    console.log('edge failed: ' + refusal);
    return answer(new Refusal(RULES.says.internal));
  }
}
