package io.feedrate.collector.config;

import org.junit.jupiter.api.Test;

/** Secrets that are missing or stand where they must not. */
class SecretsErrorsTest extends ConfigErrors {

  @Test
  void aPasswordInTheFileIsRefused() {
    errors(
        "    url: tcp",
        "    username: joe\n    password: hunter2\n    url: tcp",
        "15: brokers.plant.password: a secret must not stand in this file. Put it into"
            + " a file of its own and write \"password-file: FILE\", or into the environment"
            + " and write \"password: ${ENV:NAME}\".");
  }

  @Test
  void aNumberAsPasswordIsRefused() {
    errors(
        "    url: tcp",
        "    username: joe\n    password: 1234\n    url: tcp",
        "15: brokers.plant.password: a secret must not stand in this file. Put it into"
            + " a file of its own and write \"password-file: FILE\", or into the environment"
            + " and write \"password: ${ENV:NAME}\".");
  }

  @Test
  void anEnvironmentVariableThatIsNotSetIsRefused() {
    errors(
        "    url: tcp",
        "    username: joe\n    password: ${ENV:FEEDRATE_NO_SUCH}\n    url: tcp",
        "15: brokers.plant.password: missing secret: the environment variable"
            + " FEEDRATE_NO_SUCH is not set. Set it before Feedrate starts, or use"
            + " \"password-file: FILE\".");
  }

  @Test
  void aPasswordFileThatDoesNotExistIsRefused() {
    errors(
        "    url: tcp",
        "    username: joe\n    password-file: secrets/none\n    url: tcp",
        "15: brokers.plant.password-file: missing secret: there is no file"
            + " DIR/secrets/none. Create it with nothing but the secret in it, readable for"
            + " Feedrate alone.");
  }

  @Test
  void aUserNameWithoutAPasswordIsRefused() {
    errors(
        "    url: tcp",
        "    username: joe\n    url: tcp",
        "14: brokers.plant.username: missing secret: there is a user name but no"
            + " password. Add \"password-file: FILE\" or \"password: ${ENV:NAME}\".");
  }

  @Test
  void aPasswordWithoutAUserNameIsRefused() {
    errors(
        "    url: tcp",
        "    password: ${ENV:FEEDRATE_SECRET}\n    url: tcp",
        "14: brokers.plant.password: there is a password but no user name. Add"
            + " \"username: NAME\".");
  }

  @Test
  void bothWaysToASecretAtOnceAreRefused() {
    errors(
        "    url: tcp",
        "    username: joe\n    password: ${ENV:FEEDRATE_SECRET}\n    password-file: x\n    url: tcp",
        "16: brokers.plant.password-file: \"password\" is given as well. Remove one of"
            + " the two.");
  }

  @Test
  void aPasswordBesideAPasswordFileIsRefused() {
    errors(
        "    url: tcp",
        "    username: joe\n    password: hunter2\n    password-file: x\n    url: tcp",
        "15: brokers.plant.password: a secret must not stand in this file. Put it into"
            + " a file of its own and write \"password-file: FILE\", or into the environment"
            + " and write \"password: ${ENV:NAME}\".");
  }

  @Test
  void aTokenInTheFileIsRefused() {
    errors(
        "site: acme",
        "influx:\n  url: http://192.0.2.30:8086\n  bucket: b\n  token: hunter2\nsite: acme",
        "6: influx.token: a secret must not stand in this file. Put it into a file of"
            + " its own and write \"token-file: FILE\", or into the environment and write"
            + " \"token: ${ENV:NAME}\".");
  }
}
