package io.feedrate.collector.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tree of RFC 9162 against the vectors that implementations of certificate transparency share
 * (transparency-dev/merkle, proof/verify_test.go, commit 02194e9), and against the recursive
 * definition of the RFC, written down as it stands there.
 */
class MerkleTreeTest {
  private static final int MOST = 200;

  private static final List<String> INPUTS =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private final MerkleHash hash = new MerkleHash();
  private final ProofCheck check = new ProofCheck(hash);

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HexFormat.of()::formatHex).toList();
  }

  private List<byte[]> vectorLeaves() {
    return INPUTS.stream().map(input -> hash.leaf(bytes(input))).toList();
  }

  private List<byte[]> manyLeaves() {
    return Stream.iterate(0, i -> i + 1)
        .limit(MOST)
        .map(i -> hash.leaf(new byte[] {(byte) i.intValue(), 7}))
        .toList();
  }

  private Proofs proofs(List<byte[]> leaves) {
    return new Proofs(
        hash,
        (height, index) -> height == 0 ? Optional.of(leaves.get((int) index)) : Optional.empty());
  }

  /** MTH of RFC 9162, section 2.1.1. */
  private byte[] oracle(List<byte[]> leaves) {
    if (leaves.size() < 2) {
      return leaves.isEmpty() ? hash.empty() : leaves.get(0);
    }
    int k = split(leaves.size());
    return hash.node(oracle(leaves.subList(0, k)), oracle(leaves.subList(k, leaves.size())));
  }

  private static int split(int n) {
    int k = 1;
    while (k * 2 < n) {
      k *= 2;
    }
    return k;
  }

  /** PATH of section 2.1.3.1. */
  private List<byte[]> path(int m, List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return new ArrayList<>();
    }
    int k = split(leaves.size());
    List<byte[]> left = leaves.subList(0, k);
    List<byte[]> right = leaves.subList(k, leaves.size());
    List<byte[]> path = m < k ? path(m, left) : path(m - k, right);
    path.add(m < k ? oracle(right) : oracle(left));
    return path;
  }

  /** SUBPROOF of section 2.1.4.1. */
  private List<byte[]> subproof(int m, List<byte[]> leaves, boolean whole) {
    if (m == leaves.size()) {
      return whole ? new ArrayList<>() : new ArrayList<>(List.of(oracle(leaves)));
    }
    int k = split(leaves.size());
    List<byte[]> left = leaves.subList(0, k);
    List<byte[]> right = leaves.subList(k, leaves.size());
    List<byte[]> proof = m <= k ? subproof(m, left, whole) : subproof(m - k, right, false);
    proof.add(m <= k ? oracle(right) : oracle(left));
    return proof;
  }

  @Test
  void rootsAreThoseOfThePublishedVectors() {
    Frontier tree = new Frontier(hash);
    List<String> roots = new ArrayList<>(hex(List.of(tree.root())));
    for (byte[] leaf : vectorLeaves()) {
      tree.append(leaf);
      roots.addAll(hex(List.of(tree.root())));
    }

    assertThat(roots).isEqualTo(ROOTS);
    assertThat(hex(List.of(hash.node(bytes("00".repeat(32)), bytes("ff".repeat(32))))))
        .isNotEqualTo(hex(List.of(hash.node(bytes("ff".repeat(32)), bytes("00".repeat(32))))));
  }

  @Test
  void proofsAreThoseOfThePublishedVectors() {
    Proofs proofs = proofs(vectorLeaves());

    assertThat(hex(proofs.inclusion(0, 1))).isEmpty();
    assertThat(hex(proofs.inclusion(0, 8)))
        .containsExactly(
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    assertThat(hex(proofs.inclusion(5, 8)))
        .containsExactly(
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(proofs.inclusion(1, 5)))
        .containsExactly(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    assertThat(hex(proofs.consistency(1, 1))).isEmpty();
    assertThat(hex(proofs.consistency(1, 8))).isEqualTo(hex(proofs.inclusion(0, 8)));
    assertThat(hex(proofs.consistency(6, 8)))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    assertThat(hex(proofs.consistency(2, 5)))
        .containsExactly(
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    assertThat(hex(proofs.consistency(6, 7)))
        .containsExactly(
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
  }

  @Test
  void growingAndGoingOnGiveTheRootsOfTheDefinition() {
    List<byte[]> leaves = manyLeaves();
    Frontier tree = new Frontier(hash);
    for (int n = 0; n < MOST; n++) {
      assertThat(tree.root()).as("size %d", n).isEqualTo(oracle(leaves.subList(0, n)));
      assertThat(proofs(leaves).root(n)).isEqualTo(tree.root());
      tree = Frontier.of(hash, tree.size(), tree.bytes());
      tree.append(leaves.get(n));
    }
    assertThat(tree.size()).isEqualTo(MOST);
    byte[] cut = Arrays.copyOf(tree.bytes(), MerkleHash.LENGTH);
    assertThatThrownBy(() -> Frontier.of(hash, MOST, cut))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyLeafIsProvedInEverySize() {
    List<byte[]> leaves = manyLeaves();
    Proofs proofs = proofs(leaves);
    for (int n = 1; n <= MOST; n += n < 40 ? 1 : 13) {
      byte[] root = oracle(leaves.subList(0, n));
      for (int m = 0; m < n; m++) {
        List<byte[]> proof = proofs.inclusion(m, n);
        assertThat(hex(proof)).isEqualTo(hex(path(m, leaves.subList(0, n))));
        assertThat(check.isIncluded(leaves.get(m), m, n, root, proof)).isTrue();
        assertThat(check.isIncluded(leaves.get((m + 1) % MOST), m, n, root, proof)).isFalse();
        if (n > 1) {
          assertThat(check.isIncluded(leaves.get(m), (m + 1) % n, n, root, proof)).isFalse();
        }
      }
    }
  }

  @Test
  void everySizeIsProvedToBeTheBeginningOfEveryLargerOne() {
    List<byte[]> leaves = manyLeaves();
    Proofs proofs = proofs(leaves);
    for (int n = 1; n <= MOST; n += n < 40 ? 1 : 13) {
      byte[] root = oracle(leaves.subList(0, n));
      for (int m = 1; m <= n; m++) {
        byte[] oldRoot = oracle(leaves.subList(0, m));
        List<byte[]> proof = proofs.consistency(m, n);
        assertThat(hex(proof)).isEqualTo(hex(subproof(m, leaves.subList(0, n), true)));
        assertThat(check.isConsistent(m, oldRoot, n, root, proof)).isTrue();
        assertThat(check.isConsistent(m, hash.empty(), n, root, proof)).isFalse();
        assertThat(check.isConsistent(m, oldRoot, n, hash.empty(), proof)).isFalse();
      }
      assertThat(check.isConsistent(0, hash.empty(), n, root, proofs.consistency(0, n))).isTrue();
    }
  }

  @Test
  void aProofThatWasTouchedIsNone() {
    List<byte[]> leaves = vectorLeaves();
    byte[] leaf = leaves.get(5);
    byte[] oldRoot = bytes(ROOTS.get(6));
    byte[] root = bytes(ROOTS.get(8));
    List<byte[]> inclusion = proofs(leaves).inclusion(5, 8);
    List<byte[]> consistency = proofs(leaves).consistency(6, 8);
    for (List<byte[]> wrong : touched(inclusion, root)) {
      assertThat(check.isIncluded(leaf, 5, 8, root, wrong)).isFalse();
    }
    for (List<byte[]> wrong : touched(consistency, root)) {
      assertThat(check.isConsistent(6, oldRoot, 8, root, wrong)).isFalse();
    }
    for (long index : new long[] {-1, 4, 6, 7, 8, Long.MAX_VALUE}) {
      assertThat(check.isIncluded(leaf, index, 8, root, inclusion)).isFalse();
    }
    for (long size : new long[] {0, 4, 5, 16, Long.MAX_VALUE}) {
      assertThat(check.isIncluded(leaf, 5, size, root, inclusion)).isFalse();
      assertThat(check.isConsistent(6, oldRoot, size, root, consistency)).isFalse();
    }
    for (long oldSize : new long[] {-1, 0, 4, 5, 7, 8, 9}) {
      assertThat(check.isConsistent(oldSize, oldRoot, 8, root, consistency)).isFalse();
    }
    assertThat(check.isConsistent(6, oldRoot, 8, root, List.of())).isFalse();
    assertThat(check.isConsistent(8, root, 8, root, List.of())).isTrue();
    assertThat(check.isConsistent(8, oldRoot, 8, root, List.of())).isFalse();
  }

  @Test
  void anyLeavesWithWhatIsHiddenLeadToTheRoot() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    List<byte[]> leaves = manyLeaves();
    for (int round = 0; round < 400; round++) {
      int size = 1 + random.nextInt(MOST);
      int share = random.nextInt(12);
      long[] shown = LongStream.range(0, size).filter(each -> random.nextInt(11) < share).toArray();
      List<byte[]> tree = leaves.subList(0, size);
      List<byte[]> hidden = proofs(tree).disclosure(shown, size);

      assertThat(disclosed(size, shown, leaves, hidden)).hasValue(oracle(tree));
      if (!hidden.isEmpty()) {
        assertThat(disclosed(size, shown, leaves, hidden.subList(1, hidden.size()))).isEmpty();
        List<byte[]> more = new ArrayList<>(hidden);
        more.add(leaves.get(0));
        assertThat(disclosed(size, shown, leaves, more)).isEmpty();
      }
      if (shown.length > 1) {
        long[] fewer = Arrays.copyOf(shown, shown.length - 1);
        assertThat(
                disclosed(size, fewer, leaves, hidden).filter(r -> Arrays.equals(r, oracle(tree))))
            .isEmpty();
        long[] swapped = shown.clone();
        swapped[0] = shown[1];
        swapped[1] = shown[0];
        assertThat(disclosed(size, swapped, leaves, hidden)).isEmpty();
      }
    }
    assertThat(disclosed(5, new long[] {7}, leaves, List.of())).isEmpty();
  }

  private Optional<byte[]> disclosed(
      int size, long[] indexes, List<byte[]> all, List<byte[]> hidden) throws IOException {
    int[] next = {0};
    Disclosure.Leaves some =
        new Disclosure.Leaves() {
          @Override
          public long index() {
            return next[0] < indexes.length ? indexes[next[0]] : NONE;
          }

          @Override
          public byte[] take() {
            return all.get((int) indexes[next[0]++]);
          }
        };
    return Disclosure.root(hash, size, some, hidden.iterator());
  }

  @Test
  void proofsFromRootsOfSubtreesAreThoseFromLeaves() {
    List<byte[]> leaves =
        Stream.iterate(0, i -> i + 1)
            .limit(1500)
            .map(i -> hash.leaf(new byte[] {(byte) i.intValue(), (byte) (i >> 8)}))
            .toList();
    Map<Long, byte[]> roots = new HashMap<>();
    Frontier tree = new Frontier(hash);
    for (byte[] leaf : leaves) {
      tree.append(
          leaf,
          (height, index, root) -> {
            if (height == Proofs.STEP) {
              roots.put(index, root);
            }
          });
    }
    long[] asked = {0};
    Proofs quick =
        new Proofs(
            hash,
            (height, index) -> {
              asked[0]++;
              return height == 0
                  ? Optional.of(leaves.get((int) index))
                  : Optional.ofNullable(roots.get(index));
            });

    assertThat(roots).hasSize(5);
    assertThat(quick.root(1500)).isEqualTo(tree.root()).isEqualTo(oracle(leaves));
    assertThat(asked[0]).isLessThan(300);
    assertThat(quick.inclusion(700, 1500))
        .usingRecursiveComparison()
        .isEqualTo(proofs(leaves).inclusion(700, 1500));
    assertThat(quick.consistency(600, 1500))
        .usingRecursiveComparison()
        .isEqualTo(proofs(leaves).consistency(600, 1500));
  }

  private static List<List<byte[]>> touched(List<byte[]> proof, byte[] other) {
    List<List<byte[]>> all = new ArrayList<>();
    all.add(proof.subList(1, proof.size()));
    all.add(proof.subList(0, proof.size() - 1));
    List<byte[]> longer = new ArrayList<>(proof);
    longer.add(other);
    all.add(longer);
    List<byte[]> before = new ArrayList<>(proof);
    before.add(0, other);
    all.add(before);
    List<byte[]> odd = new ArrayList<>(proof);
    odd.add(new byte[0]);
    all.add(odd);
    for (int i = 0; i < proof.size(); i++) {
      List<byte[]> flipped = new ArrayList<>(proof);
      byte[] one = proof.get(i).clone();
      one[0] ^= 8;
      flipped.set(i, one);
      all.add(flipped);
    }
    return all;
  }
}
