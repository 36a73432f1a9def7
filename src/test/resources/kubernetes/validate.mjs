// Reads a JSON array of objects of Kubernetes and prints a line for each fault: what the schema refuses, and each field
// that the schema does not know. The schemas are compiled to code that reads the fields it knows, so a field that nobody
// read is unknown.
import { readFileSync } from 'node:fs';

const SCHEMAS = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'external-secrets.io': '@kubernetes-models/external-secrets',
};

function watched(value, path, unread) {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  const fields = new Map(Object.keys(value).map(name => [name, `${path}/${name}`]));
  const inside = new Map();
  if (!Array.isArray(value)) {
    fields.forEach(field => unread.add(field));
  }
  return new Proxy(value, {
    get(target, name) {
      unread.delete(fields.get(name));
      if (!fields.has(name)) {
        return target[name];
      }
      if (!inside.has(name)) {
        inside.set(name, watched(target[name], `${path}/${name}`, unread));
      }
      return inside.get(name);
    },
  });
}

for (const object of JSON.parse(readFileSync(0, 'utf8'))) {
  const name = `${object.kind}/${object.metadata.name}`;
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : ['', object.apiVersion];
  const module = `${SCHEMAS[group] ?? 'kubernetes-models'}${group && `/${group}`}/${version}/${object.kind}`;
  try {
    const Kind = (await import(module))[object.kind];
    const unread = new Set();
    // the constructor copies the top level only, so that is where the watching begins
    const model = new Kind(object);
    for (const field of Object.keys(model)) {
      model[field] = watched(model[field], field, unread);
    }
    model.validate();
    unread.forEach(field => console.log(`${name}: unknown field ${field}`));
  } catch (fault) {
    console.log(`${name}: ${fault.message}`);
  }
}
