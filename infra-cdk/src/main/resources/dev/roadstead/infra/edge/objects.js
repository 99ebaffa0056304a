// Runs at the edge before an object is given out, from the cache or the bucket: to whoever has an address that a function has
// signed and that has not expired; see dev.roadstead.route.ReadAddresses. What is left of the address is the object's name.
import cf from 'cloudfront';
import crypto from 'crypto';

const RULES = {};

const kvs = cf.kvs();

function same(a, b) {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

async function isSigned(path, until, code) {
  const keys = (await kvs.get('read-keys')).split(',');
  let found = false;
  for (const i in keys) {
    const mac = crypto.createHmac('sha256', Buffer.from(keys[i], 'hex'));
    mac.update(until + path);
    if (same(mac.digest('base64url'), code)) found = true;
  }
  return found;
}

function value(query, name) {
  return query[name] ? query[name].value : '';
}

async function handler(event) {
  const request = event.request;
  const until = value(request.querystring, 'until');
  const signed = /^[0-9]{1,12}$/.test(until) && (await isSigned(request.uri, until, value(request.querystring, 'code')));
  if (signed && Number(until) >= Math.floor(Date.now() / 1000)) {
    request.querystring = {};
    return request;
  }
  const said = RULES.denied;
  return {
    statusCode: said[0],
    headers: { 'content-type': { value: 'application/json' } },
    body: { encoding: 'text', data: JSON.stringify({ errors: [{ code: said[1], message: said[2] }] }) }
  };
}
