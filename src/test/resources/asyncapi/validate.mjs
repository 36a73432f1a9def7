// Reads an AsyncAPI document as JSON and prints a line for each fault that the schema of its version finds.
import { readFileSync } from 'node:fs';
import specs from '@asyncapi/specs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const document = JSON.parse(readFileSync(0, 'utf8'));
const schema = specs.schemas[document.asyncapi];
if (!schema) {
  console.log(`/asyncapi: there is no schema of version ${document.asyncapi}`);
} else {
  const ajv = new Ajv({ allErrors: true, strict: false, meta: false, validateSchema: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  if (!validate(document)) {
    new Set(validate.errors.map(fault => `${fault.instancePath}: ${fault.message}`)).forEach(line => console.log(line));
  }
}
