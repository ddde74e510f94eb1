package io.feedrate.collector.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.feedrate.collector.audit.AuditFile;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedLoginReportTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path data;

  @Test
  void failedLoginsAreInTheTrailAtOnceAndThenSummedUpByTheHour() {
    AtomicLong nowNs = new AtomicLong();
    FailedLogins failed = new FailedLogins(nowNs::get);
    AuditFile audit = new AuditFile(data);
    FailedLoginReport report = new FailedLoginReport(failed, audit, nowNs::get);

    report.run();
    assertThat(audit.read()).isEmpty();
    failed.failed("10.0.0.7");
    report.run();
    assertThat(audit.read()).hasSize(1);

    for (int i = 0; i < 1_000; i++) {
      failed.failed("10.0.0." + i % 7);
      report.run();
    }
    assertThat(audit.read()).hasSize(1);
    nowNs.addAndGet(FailedLoginReport.EVERY_NS);
    report.run();
    report.run();

    assertThat(audit.read())
        .extracting(e -> e.who().role() + " " + e.action().word() + " " + e.on())
        .containsExactly(
            "gateway logins-failed 1: 10.0.0.7 1",
            "gateway logins-failed 1000: 10.0.0.0 143, 10.0.0.1 143, 10.0.0.2 143, 10.0.0.3 143,"
                + " 10.0.0.4 143 and others");
  }
}
