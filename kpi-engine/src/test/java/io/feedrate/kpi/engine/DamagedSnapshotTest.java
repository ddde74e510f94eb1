package io.feedrate.kpi.engine;

import static io.feedrate.kpi.engine.Factory.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.feedrate.kpi.Register;
import io.feedrate.kpi.Snapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A snapshot that is not as it was written is refused, and never restored to something else. */
class DamagedSnapshotTest {
  private static final Register REGISTER = new Factory().machine("press").register();
  private static final int HEADER = 16;
  private static final int LENGTH_AT = 8;
  private static final int CHECKSUM_AT = 12;

  private static KpiEngine restored(Register register, byte[] snapshot) {
    KpiEngine engine = new KpiEngine(new Factory.Report());
    engine.restore(register, new UnsafeBuffer(snapshot), 0);
    return engine;
  }

  private static byte[] snapshot() {
    KpiEngine engine = new KpiEngine(new Factory.Report());
    engine.onRegister(REGISTER, T0);
    engine.names().id("site/line/press");
    return Log.snapshot(engine);
  }

  @Test
  void anyWrongBitIsFound() {
    byte[] snapshot = snapshot();
    for (int bit = 0; bit < snapshot.length * 8; bit++) {
      byte[] damaged = snapshot.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> restored(REGISTER, damaged))
          .as("bit %d", bit)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(".*(damaged|has format).*");
    }
  }

  @Test
  void oneThatEndsTooEarlyIsFoundWhereverThatIs() {
    byte[] snapshot = snapshot();
    for (int length = 0; length < snapshot.length; length++) {
      byte[] damaged = Arrays.copyOf(snapshot, length);
      assertThatThrownBy(() -> restored(REGISTER, damaged))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void whatFollowsItIsNotLookedAt() {
    byte[] snapshot = snapshot();
    byte[] longer = Arrays.copyOf(snapshot, snapshot.length + 100);
    assertThat(Log.snapshot(restored(REGISTER, longer))).isEqualTo(snapshot);
  }

  @Test
  void oneOfAnotherFormatIsRefusedWithAdvice() {
    byte[] snapshot = snapshot();
    ByteBuffer.wrap(snapshot).order(ByteOrder.LITTLE_ENDIAN).putInt(4, Snapshot.FORMAT - 1);
    assertThatThrownBy(() -> restored(REGISTER, snapshot))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has format " + (Snapshot.FORMAT - 1))
        .hasMessageContaining("replay the journal");
  }

  @Test
  void oneOfAnotherRegisterIsRefused() {
    Register other = new Factory().machine("press").machine("saw").register();
    Register renamed =
        new Register("other", other.assets(), other.signals(), other.links(), other.rules());
    assertThatThrownBy(() -> restored(renamed, snapshot()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("belongs to register");
  }

  /**
   * With a checksum that fits, as after a change of the layout under an old number: it ends soon,
   * with a clear error or a state, and asks for no more memory than there are bytes.
   */
  @Test
  void bytesThatMakeNoSenseAreAnErrorAndNothingElse() {
    List<Register> registers = new ArrayList<>();
    List<byte[]> snapshots = new ArrayList<>();
    Turmoil.runWithCrashes(
        3,
        new Factory.Report(),
        200,
        (register, snapshot) -> {
          registers.add(register);
          snapshots.add(snapshot);
        });
    SplittableRandom random = new SplittableRandom(1);
    int refused = 0;
    for (int i = 0; i < 1500; i++) {
      int which = i % snapshots.size();
      byte[] whole = snapshots.get(which);
      byte[] damaged = whole.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        damaged[random.nextInt(HEADER, whole.length)] = (byte) random.nextInt();
      }
      seal(damaged);
      try {
        restored(registers.get(which), damaged);
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  /** As docs/snapshot.md says. */
  private static void seal(byte[] snapshot) {
    CRC32C crc = new CRC32C();
    crc.update(snapshot, HEADER, snapshot.length - HEADER);
    ByteBuffer.wrap(snapshot)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(LENGTH_AT, snapshot.length - HEADER)
        .putInt(CHECKSUM_AT, (int) crc.getValue());
  }

  @Test
  void theTestSealsAsTheEngineDoes() {
    byte[] snapshot = snapshot();
    byte[] again = snapshot.clone();
    Arrays.fill(again, LENGTH_AT, HEADER, (byte) 0);
    seal(again);
    assertThat(again).isEqualTo(snapshot);
  }
}
