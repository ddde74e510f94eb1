'use strict';
/*
 * An OPC UA server for the integration tests, made with node-opcua: nobody of this project wrote it.
 *
 *   node opcua-server.js --port 4840 --pki DIR [--vars 10] [--interval 100] [--fillers 0] [--secure]
 *
 * Prints "READY" when it listens. Then it takes one command per line on its standard input and answers
 * each with "OK" or "ERROR <why>":
 *
 *   set NODE TYPE VALUE [STATUS] [SHIFT_MS]   VALUE and STATUS as JSON; STATUS a name of StatusCodes or
 *                                             a number; SHIFT_MS moves the source time
 *   burst NODE COUNT                          COUNT values in one go: 1, 2, 3, ...
 *   freeze true|false                         the changing variables stand still
 *   delete NODE | create NODE                 takes a variable out of the address space or puts it back
 *   stop                                      ends in order
 *
 * Namespace urn:example:cnc: Var0 ... VarN-1 change every interval, Constant never does, Any is written
 * by "set", Burst by "burst" (exception based, so that every value is a sample), Text is a text.
 * --fillers registers that many other namespaces before it, so that its index moves.
 */
const path = require('node:path');
const readline = require('node:readline');
const { parseArgs } = require('node:util');
const {
  DataType,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  StatusCode,
  StatusCodes,
  Variant,
  VariantArrayType,
} = require('node-opcua');

const { values: options } = parseArgs({
  options: {
    port: { type: 'string' },
    pki: { type: 'string' },
    vars: { type: 'string', default: '10' },
    interval: { type: 'string', default: '100' },
    fillers: { type: 'string', default: '0' },
    secure: { type: 'boolean', default: false },
  },
});

const NAMESPACE = 'urn:example:cnc';
const changing = [];
let frozen = false;
let server;
let namespace;
let folder;

function addVariable(name, dataType, value, more = {}) {
  const variable = namespace.addVariable({
    organizedBy: folder,
    browseName: name,
    nodeId: `s=${name}`,
    dataType,
    ...more,
  });
  variable.setValueFromSource({ dataType, value });
  return variable;
}

function addAny(name) {
  const variable = namespace.addVariable({
    organizedBy: folder,
    browseName: name,
    nodeId: `s=${name}`,
    dataType: 'BaseDataType',
    valueRank: -2,
    minimumSamplingInterval: 0,
  });
  variable.setValueFromSource({ dataType: 'Double', value: 0 });
  return variable;
}

function build() {
  const space = server.engine.addressSpace;
  for (let i = 0; i < Number(options.fillers); i++) {
    space.registerNamespace(`urn:example:filler-${i}`);
  }
  namespace = space.registerNamespace(NAMESPACE);
  folder = namespace.addFolder('ObjectsFolder', { browseName: 'Machine' });
  for (let i = 0; i < Number(options.vars); i++) {
    changing.push(addVariable(`Var${i}`, 'Double', 0));
  }
  addVariable('Constant', 'Double', 42);
  addVariable('Text', 'String', 'N10 G0 X0', { minimumSamplingInterval: 0 });
  addVariable('Burst', 'Double', 0, { minimumSamplingInterval: 0 });
  addAny('Any');
  let n = 0;
  setInterval(() => {
    if (!frozen) {
      n++;
      for (const variable of changing) {
        variable.setValueFromSource({ dataType: DataType.Double, value: n });
      }
    }
  }, Number(options.interval));
}

function node(name) {
  const found = server.engine.addressSpace.findNode(`ns=${namespace.index};s=${name}`);
  if (!found) {
    throw new Error(`no node ${name}`);
  }
  return found;
}

/* JSON has no NaN, no infinities and no 64-bit integers: they come as texts. */
function number(value) {
  return typeof value === 'string' ? Number(value) : value;
}

function variant(type, value) {
  const array = Array.isArray(value);
  const dataType = DataType[type];
  const numeric = dataType >= DataType.SByte && dataType <= DataType.Double;
  let converted = value;
  if (numeric && type !== 'Int64' && type !== 'UInt64') {
    converted = array ? value.map(number) : number(value);
  } else if (type === 'DateTime') {
    converted = new Date(value);
  }
  return new Variant({
    dataType,
    arrayType: array ? VariantArrayType.Array : VariantArrayType.Scalar,
    value: converted,
  });
}

function status(value) {
  return typeof value === 'number'
    ? StatusCode.makeStatusCode(StatusCodes.Good, '', value)
    : StatusCodes[value || 'Good'];
}

const commands = {
  set(name, type, value, code, shift) {
    const time = new Date(Date.now() + Number(shift || 0));
    node(name).setValueFromSource(variant(type, JSON.parse(value)), status(code), time);
  },
  burst(name, count) {
    for (let i = 1; i <= Number(count); i++) {
      node(name).setValueFromSource({ dataType: DataType.Double, value: i });
    }
  },
  freeze(value) {
    frozen = value === 'true';
  },
  delete(name) {
    const at = changing.indexOf(node(name));
    if (at >= 0) {
      changing.splice(at, 1);
    }
    server.engine.addressSpace.deleteNode(node(name));
  },
  create(name) {
    changing.push(addVariable(name, 'Double', 1));
  },
  async stop() {
    await server.shutdown(0);
    setImmediate(() => process.exit(0));
  },
};

function listen() {
  readline.createInterface({ input: process.stdin }).on('line', async (line) => {
    const [name, ...parameters] = line.trim().split('\t');
    try {
      await commands[name](...parameters);
      console.log('OK');
    } catch (e) {
      console.log(`ERROR ${String(e.message).replaceAll('\n', ' ')}`);
    }
  });
  process.stdin.on('end', () => process.exit(0)); // the test is gone
}

async function main() {
  const certificates = new OPCUACertificateManager({
    rootFolder: path.resolve(options.pki),
    automaticallyAcceptUnknownCertificate: true,
  });
  await certificates.initialize();
  server = new OPCUAServer({
    port: Number(options.port),
    host: '127.0.0.1',
    hostname: '127.0.0.1',
    serverCertificateManager: certificates,
    securityModes: options.secure
      ? [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
      : [MessageSecurityMode.None],
    securityPolicies: options.secure
      ? [SecurityPolicy.None, SecurityPolicy.Basic256Sha256]
      : [SecurityPolicy.None],
    allowAnonymous: true,
    userManager: { isValidUser: (user, password) => user === 'feedrate' && password === 'secret' },
    disableDiscovery: true,
  });
  await server.initialize();
  build();
  await server.start();
  listen();
  console.log('READY');
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
