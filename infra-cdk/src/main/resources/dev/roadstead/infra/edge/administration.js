// The paths of administrators: a resource, and behind it what the request is about, or nothing.
function address(path) {
  for (const place in RULES.places) {
    const template = RULES.places[place].at;
    const variable = template.indexOf('/<');
    const fixed = variable < 0 ? template : template.substring(0, variable);
    if (path.indexOf(fixed) !== 0) continue;
    const rest = path.substring(fixed.length);
    if (rest === '' || (rest.length > 1 && rest.charAt(0) === '/' && variable >= 0)) return { place: place };
  }
  refuse(SAYS.path);
}

// A function looks at what is shown; here it is enough that something is.
async function gate(headers, at, operation) {
  if (!/^(basic|bearer)( |$)/i.test(credentials(headers))) challenge(SAYS.none, RULES.basic);
}

async function farther(request, at, operation, length, digest) {
  return toFunction(operation, length);
}
