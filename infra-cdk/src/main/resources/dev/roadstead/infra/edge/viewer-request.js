// Runs at the edge before anything else: decides from a request's first lines where it goes. The same rules as
// dev.roadstead.route (RequestTarget, Address, EdgeRouter, EdgeGate), whose tables and texts stand in RULES; a test sends both
// the same requests. Sees no body, keeps nothing, never throws: what it cannot decide it refuses. What differs between the
// paths of clients and those of administration is in registry.js and administration.js, one of which follows here: address,
// gate and farther.
import cf from 'cloudfront';
import crypto from 'crypto';

const RULES = {};
const SAYS = RULES.says;

const kvs = cf.kvs();

// Status, code and message of what is said stand in RULES.
function refuse(said, headers) {
  throw { said: said, headers: headers || {} };
}

// Clients choose the key, and every object has a toString.
function own(table, key) {
  return Object.prototype.hasOwnProperty.call(table, key) ? table[key] : undefined;
}

function decoded(text) {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) refuse(SAYS.escape);
  let plain;
  try {
    plain = decodeURIComponent(text);
  } catch (e) {
    refuse(SAYS.utf8);
  }
  if (/[\u0000-\u001f\u007f-\u009f]/.test(plain)) refuse(SAYS.control);
  return plain;
}

// Every parameter is decoded, so that a malformed one is refused wherever it stands; only the digest is of use here.
function digestParameter(query) {
  let digest;
  let count = 0;
  for (const name in query) {
    const values = query[name].multiValue || [query[name]];
    count += values.length;
    if (count > RULES.parameters) refuse(SAYS.parameters);
    const plain = decoded(name.replace(/\+/g, ' '));
    for (const i in values) {
      const value = decoded(values[i].value.replace(/\+/g, ' '));
      if (plain === 'digest' && digest === undefined) digest = value;
    }
  }
  return digest;
}

// undefined: the client does not say. A PATCH or a PUT without both headers came over HTTP/2, where a body needs neither.
function bodyBytes(method, headers) {
  if (headers['transfer-encoding']) return undefined;
  if (headers['content-length']) return Number(headers['content-length'].value);
  return method === 'PATCH' || method === 'PUT' ? undefined : 0;
}

function operationAt(place, method) {
  const operations = RULES.places[place].methods;
  const operation = own(operations, method);
  if (operation) return operation;
  const allowed = Object.keys(operations).join(', ');
  const said = SAYS.method;
  refuse([said[0], said[1], RULES.places[place].at + ' takes ' + allowed], { allow: { value: allowed } });
}

// A body of unknown length is cut off at the limit by the function's own front.
function toFunction(operation, length) {
  if (length !== undefined) refuse(RULES.tooLong[RULES.bodies[operation] || 'NONE']);
  return operation;
}

function credentials(headers) {
  return headers.authorization ? headers.authorization.value : '';
}

function challenge(said, value) {
  refuse(said, { 'www-authenticate': { value: value } });
}

function answer(said, headers) {
  headers['content-type'] = { value: 'application/json' };
  return {
    statusCode: said[0],
    headers: headers,
    body: { encoding: 'text', data: JSON.stringify({ errors: [{ code: said[1], message: said[2] }] }) }
  };
}

// By the origin's key functions know that a request has come through here.
async function handler(event) {
  const request = event.request;
  const headers = request.headers;
  try {
    const digest = digestParameter(request.querystring);
    const at = address(decoded(request.uri));
    const operation = operationAt(at.place, request.method);
    await gate(headers, at, operation);
    const length = bodyBytes(request.method, headers);
    let origin = operation;
    if (!(length <= RULES.functionBytes)) origin = await farther(request, at, operation, length, digest);
    if (origin !== 'objects') {
      headers['x-forwarded-host'] = { value: headers.host.value };
      headers['x-roadstead-origin'] = { value: (await kvs.get('origin-keys')).split(',')[0] };
    }
    cf.selectRequestOriginById(origin);
    return request;
  } catch (refusal) {
    if (refusal.said) return answer(refusal.said, refusal.headers);
    console.log('edge failed: ' + refusal);
    return answer(SAYS.internal, {});
  }
}
