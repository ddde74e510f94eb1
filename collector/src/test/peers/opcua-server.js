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
 *   expire                                    every subscription's lifetime is over now
 *   drop                                      every subscription is deleted without a word
 *   skip COUNT                                COUNT sequence numbers are lost beyond repair
 *   stop                                      ends in order
 *
 * Namespace urn:example:cnc: Var0 ... VarN-1 change every interval, Constant never does, Any is written
 * by "set", Burst by "burst" (exception based, so that every value is a sample), Text is a text,
 * Flag a Boolean.
 * --fillers registers that many other namespaces before it, so that its index moves.
 */
// Node.js 18 does not have it as a global yet.
globalThis.crypto ??= require('node:crypto').webcrypto;

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
  addVariable('Flag', 'Boolean', false);
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

/* JSON has no NaN and no infinities: they come as texts. A 64-bit integer is [high, low]. */
function scalar(type, value) {
  if (type === 'DateTime') {
    return new Date(value);
  }
  const numeric = DataType[type] >= DataType.SByte && DataType[type] <= DataType.Double;
  return numeric && typeof value === 'string' ? Number(value) : value;
}

function variant(type, value) {
  const isArray = Array.isArray(type.endsWith('Int64') && Array.isArray(value) ? value[0] : value);
  return new Variant({
    dataType: DataType[type],
    arrayType: isArray ? VariantArrayType.Array : VariantArrayType.Scalar,
    value: isArray ? value.map((v) => scalar(type, v)) : scalar(type, value),
  });
}

function status(value) {
  return typeof value === 'number'
    ? StatusCode.makeStatusCode(StatusCodes.Good, '', value)
    : StatusCodes[value || 'Good'];
}

function subscriptions() {
  return server.engine
    .getSessions()
    .flatMap((session) => session.publishEngine.subscriptions.map((s) => ({ session, s })));
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
  expire() {
    for (const { s } of subscriptions()) {
      s._life_time_counter = s.lifeTimeCount; // node-opcua has no other way to hurry it
    }
  },
  drop() {
    for (const { session, s } of subscriptions()) {
      session.deleteSubscription(s.id);
    }
  },
  skip(count) {
    for (const { s } of subscriptions()) {
      for (let i = 0; i < Number(count); i++) {
        s._get_next_sequence_number();
      }
    }
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
    userCertificateManager: certificates, // its default is in the home directory
    securityModes: options.secure
      ? [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt]
      : [MessageSecurityMode.None],
    securityPolicies: options.secure
      ? [SecurityPolicy.None, SecurityPolicy.Basic256Sha256]
      : [SecurityPolicy.None],
    allowAnonymous: true,
    serverCapabilities: { minSupportedSampleRate: 0 }, // else exception based items merge changes
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
