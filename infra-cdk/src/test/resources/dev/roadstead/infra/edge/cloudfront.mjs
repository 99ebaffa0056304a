// What CloudFront gives its functions, as far as ours ask for it.
let origin;
const values = new Map();
export const world = {
  set: (entries) => Object.entries(entries).forEach(([key, value]) => values.set(key, value)),
  origin: () => origin,
  reset: () => (origin = undefined)
};
export default {
  kvs: () => ({
    get: async (key) => {
      if (!values.has(key)) throw new Error('no such key: ' + key);
      return values.get(key);
    }
  }),
  selectRequestOriginById: (id) => (origin = id)
};
