package io.feedrate.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          VIEWER   | READ
          OPERATOR | READ EXCLUDE
          ENGINEER | READ AUDIT EXPORT EXCLUDE STATE
          ASSESSOR | READ AUDIT EXPORT
          """)
  void aRoleMayThisAndNothingElse(Role role, String permissions) {
    List<String> may =
        Arrays.stream(Permission.values()).filter(role::may).map(Permission::name).toList();

    assertThat(String.join(" ", may)).isEqualTo(permissions);
    assertThat(Role.of(role.word())).contains(role);
  }
}
