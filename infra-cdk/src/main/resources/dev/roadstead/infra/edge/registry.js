// The paths of clients. The last segments that make a place; what is before them is the repository's name.
const ENDS = [
  [/^([^]+)\/tags\/list$/, 'TAGS'],
  [/^([^]+)\/blobs\/uploads\/?$/, 'UPLOADS'],
  [/^([^]+)\/blobs\/uploads\/([^/]+)$/, 'UPLOAD'],
  [/^([^]+)\/blobs\/([^/]*)$/, 'BLOB'],
  [/^([^]+)\/manifests\/([^/]*)$/, 'MANIFEST'],
  [/^([^]+)\/referrers\/([^/]*)$/, 'REFERRERS']
];

const NAME = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*$/;

function address(path) {
  if (path === '/v2' || path === '/v2/') return { place: 'BASE', name: '' };
  if (path === '/v2/_catalog') return { place: 'CATALOG', name: '' };
  if (path === '/token') return { place: 'TOKEN', name: '' };
  if (path.indexOf('/v2/') === 0) {
    const rest = path.substring(4);
    for (const i in ENDS) {
      const found = ENDS[i][0].exec(rest);
      if (found) return { place: ENDS[i][1], name: found[1], last: found[2] || '' };
    }
  }
  refuse(SAYS.path);
}

// Only a digest that the object store can check, or none at all.
function sha256(digest) {
  if (digest === undefined) refuse(SAYS.noDigest);
  const colon = digest.indexOf(':');
  if (colon < 0) refuse(SAYS.digestForm);
  const length = own(RULES.digests, digest.substring(0, colon));
  if (!length) refuse(SAYS.algorithm);
  const hex = digest.substring(colon + 1);
  if (hex.length !== length) refuse(SAYS['length' + length]);
  if (!/^[0-9a-f]+$/.test(hex)) refuse(SAYS.hex);
  return length === 64 ? hex : undefined;
}

function isName(name) {
  return name.length < 256 && NAME.test(name);
}

// Whether one of the keys of this name makes this code of these texts; the first one is in use.
async function isCode(keys, texts, length, code) {
  const all = (await kvs.get(keys)).split(',');
  let found = false;
  for (const i in all) {
    const mac = crypto.createHmac('sha256', Buffer.from(all[i], 'hex'));
    for (const j in texts) mac.update(texts[j]);
    if (same(mac.digest('base64url').substring(0, length), code)) found = true;
  }
  return found;
}

function now() {
  return Math.floor(Date.now() / 1000);
}

function same(a, b) {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

// What an upload location says if it was signed for this repository; see dev.roadstead.route.LocationKeys for the format.
async function location(name, segment) {
  const parts = /^(.{36})\.([A-Za-z0-9_-]{12})([A-Za-z0-9_-]{24})$/.exec(segment);
  const state = parts && Buffer.from(parts[2], 'base64url');
  if (!parts || !(await isCode('location-keys', [state, parts[1] + name], 24, parts[3]))) refuse(SAYS.location);
  return { session: parts[1], fresh: state[0] === 0, until: state.readUIntBE(3, 6) };
}

// What a token says if it was sealed for the edge; see dev.roadstead.route.EdgeKeys for the format.
async function claimsOf(shown) {
  const parts = shown.substring(6).trim().split('.');
  if (shown.length > RULES.tokenLength || parts.length !== 3) return undefined;
  const bytes = Buffer.from(parts[1], 'base64url');
  if (bytes.toString('base64url') !== parts[1]) return undefined;
  const text = bytes.toString();
  const seal = /^([^]*),"edge":"([^"]*)"}$/.exec(text);
  if (!seal || !(await isCode('edge-keys', [seal[1]], 43, seal[2]))) return undefined;
  const claims = JSON.parse(text);
  const holds = now() <= claims.exp && now() + RULES.patience >= claims.iat;
  return claims.use === 'ACCESS' && claims.aud === RULES.service && holds ? claims : undefined;
}

// See dev.roadstead.model.Glob.
function matches(pattern, name) {
  const pieces = pattern.split('*');
  if (pieces.length === 1) return pattern === name;
  const head = pieces.shift();
  const tail = pieces.pop();
  const end = name.length - tail.length;
  if (end < head.length || name.indexOf(head) !== 0 || name.substring(end) !== tail) return false;
  let begin = head.length;
  for (const i in pieces) {
    const found = name.indexOf(pieces[i], begin);
    if (found < 0 || found + pieces[i].length > end) return false;
    begin = found + pieces[i].length;
  }
  return true;
}

// Whether anonymous may pull something there; see dev.roadstead.route.EdgeTexts for the format.
async function isOpen(name) {
  for (let i = 0; isName(name); i++) {
    const text = await kvs.get('anonymous-' + i);
    const patterns = text.split(' ');
    for (const j in patterns) if (matches(patterns[j], name)) return true;
    if (!text.endsWith(' ')) break;
  }
  return false;
}

function unauthorized(headers, at, actions, said, error) {
  const host = headers.host.value;
  if (!/^[A-Za-z0-9._:[\]-]{1,255}$/.test(host)) refuse(SAYS.host);
  let scope = '';
  if (actions === '*') scope = 'registry:catalog:*';
  else if (actions && isName(at.name)) scope = 'repository:' + at.name + ':' + actions;
  challenge(
    said,
    'Bearer realm="https://' + host + '/token",service="' + RULES.service + '"' + (scope && ',scope="' + scope + '"') + (error && ',error="' + error + '"')
  );
}

function isGoodFor(claims, at, actions) {
  const type = actions === '*' ? 'registry' : 'repository';
  const name = actions === '*' ? 'catalog' : at.name;
  const least = actions.split(',').pop();
  for (const i in claims.access) {
    const scope = claims.access[i];
    if (scope.type === type && scope.name === name && scope.actions.indexOf(least) >= 0) return true;
  }
  return false;
}

async function gate(headers, at, operation) {
  if (operation === RULES.signIn) return;
  const actions = RULES.scopes[operation];
  const shown = credentials(headers);
  const scheme = shown.split(' ')[0].toLowerCase();
  if (scheme === 'basic') return;
  if (scheme !== 'bearer') {
    if (actions === 'pull' && (await isOpen(at.name))) return;
    unauthorized(headers, at, actions, SAYS.none, '');
  }
  const claims = await claimsOf(shown);
  if (!claims) unauthorized(headers, at, actions, SAYS.token, 'invalid_token');
  if (actions && !isGoodFor(claims, at, actions)) unauthorized(headers, at, actions, SAYS.scope, 'insufficient_scope');
}

function stream(operation, length) {
  return RULES.relay ? 'relay' : toFunction(operation, length);
}

// A PUT too long for a function: straight into the object store if that can check it, else through the relay.
async function farther(request, at, operation, length, digest) {
  if (operation !== 'finish-upload') {
    const streams = operation === 'append-chunk' || (operation === 'start-upload' && digest !== undefined);
    return streams ? stream(operation, length) : toFunction(operation, length);
  }
  const name = at.name;
  if (!isName(name)) refuse(name.length < 256 ? SAYS.name : SAYS.nameLength);
  const upload = await location(name, at.last);
  const hex = sha256(digest);
  if (!RULES.direct || !upload.fresh || !hex || !(length <= RULES.directBytes)) return stream(operation, length);
  if (now() > upload.until) refuse(SAYS.expired);
  directPut(request, name, hex, upload.session);
  return 'objects';
}

// The object store gets what is made here and nothing that the client sent, so no header of S3's passes. It stores the body
// only if it has this SHA-256.
function directPut(request, name, hex, session) {
  const repositoryHash = crypto.createHash('sha256').update(name).digest('hex').substring(0, 32);
  request.uri = '/in/' + repositoryHash + '/' + hex + '/' + session + '.object';
  request.querystring = {};
  request.headers = {
    host: request.headers.host,
    'content-length': request.headers['content-length'],
    'content-type': { value: 'application/octet-stream' },
    'x-amz-checksum-sha256': { value: Buffer.from(hex, 'hex').toString('base64') },
    'x-amz-content-sha256': { value: hex },
    'x-amz-meta-repository': { value: name }
  };
}
