package dev.roadstead.store;

import static dev.roadstead.store.StoredItems.item;
import static dev.roadstead.store.StoredItems.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Transactions: all or nothing, within limits, alone and many at once. */
interface TransactionContract extends StoredItems {
  int THREADS = 8;
  int ACCOUNTS = 6;
  int STARTING_BALANCE = 10;

  @Test
  default void makesEveryKindOfWriteTogether() {
    List.of(item("updated", 1), item("deleted", 1), item("checked", 1)).forEach(this::put);

    var outcome =
        store()
            .transact(
                Transaction.of(
                    Write.create(item("created", 1)),
                    add("updated", 1),
                    new Write.Delete(key("deleted"), Condition.exists()),
                    new Write.Check(key("checked"), Condition.is("n", 1)),
                    new Write.Check(key("absent"), Condition.absent())));

    assertThat(outcome).isEqualTo(new Outcome.Done(Optional.empty()));
    assertThat(walk(Query.of("p", 10)))
        .containsExactly(item("checked", 1), item("created", 1), item("updated", 2));
  }

  @Test
  default void answersNoItemEvenForASingleWrite() {
    assertThat(store().transact(Transaction.of(Write.create(item("a", 1)))))
        .isEqualTo(new Outcome.Done(Optional.empty()));
  }

  @Test
  default void changesNothingAndShowsEveryRefusedWrite() {
    List.of(item("a", 1), item("b", 1), item("c", 1)).forEach(this::put);

    var outcome =
        store()
            .transact(
                Transaction.of(
                    new Write.Put(item("c", 2), Condition.is("n", 7)),
                    add("a", 1),
                    add("ghost", 1),
                    new Write.Check(key("b"), Condition.absent()),
                    Write.create(item("new", 1)),
                    new Write.Delete(key("gone"), Condition.exists())));

    assertThat(outcome)
        .isEqualTo(
            new Outcome.Refused(
                List.of(
                    new Outcome.Refusal(key("c"), Optional.of(item("c", 1))),
                    new Outcome.Refusal(key("ghost"), Optional.empty()),
                    new Outcome.Refusal(key("b"), Optional.of(item("b", 1))),
                    new Outcome.Refusal(key("gone"), Optional.empty()))));
    assertThat(walk(Query.of("p", 10))).containsExactly(item("a", 1), item("b", 1), item("c", 1));
  }

  @Test
  default void changesNothingWhenOneItemWouldBecomeTooLarge() {
    put(Item.at(key("big")).with("b", Value.of(new byte[400_000])).build());
    var grows =
        new Write.Update(key("big"), List.of(Change.put("c", new byte[20_000])), Condition.NONE);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> store().transact(Transaction.of(Write.create(item("a", 1)), grows)));

    assertThat(stored("a")).isEmpty();
    assertThat(stored("big").map(item -> item.has("c"))).contains(false);
  }

  @Test
  default void takesAHundredWritesAndFourMegabytes() {
    var hundred = IntStream.range(0, 100).mapToObj(i -> create("k" + i, 10)).toList();
    assertThat(store().transact(new Transaction(hundred))).isInstanceOf(Outcome.Done.class);
    var large = IntStream.range(0, 10).mapToObj(i -> create("l" + i, 400_000)).toList();
    assertThat(store().transact(new Transaction(large))).isInstanceOf(Outcome.Done.class);
    assertThat(walk(Query.of("p", 1000))).hasSize(110);
  }

  @Test
  default void refusesTransactionsOutsideTheLimits() {
    var tooMany = IntStream.range(0, 101).mapToObj(i -> create("k" + i, 10)).toList();
    var tooLarge = IntStream.range(0, 11).mapToObj(i -> create("l" + i, 400_000)).toList();
    var twice = List.of(create("a", 1), new Write.Check(key("a"), Condition.exists()));
    for (var writes : List.of(List.<Write>of(), tooMany, tooLarge, twice)) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Transaction(writes));
    }
  }

  @Test
  default void losesNoIncrementOfManyThreads() throws Exception {
    put(item("counter", 0));
    int each = 50;

    inThreads(
        number -> {
          for (int i = 0; i < each; i++) {
            store().write(add("counter", 1));
          }
          return number;
        });

    assertThat(stored("counter")).contains(item("counter", (long) THREADS * each));
  }

  /** An addition is made once, whoever sends it again, when a note is created beside it. */
  @Test
  default void addsOnceForEachNoteThatManyThreadsBring() throws Exception {
    put(item("counter", 0));
    int notes = 20;

    var added =
        inThreads(
            number -> {
              int done = 0;
              for (int note = 0; note < notes; note++) {
                var once = Transaction.of(Write.create(item("note" + note, 1)), add("counter", 1));
                done += store().transact(once) instanceof Outcome.Done ? 1 : 0;
              }
              return done;
            });

    assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(notes);
    assertThat(stored("counter")).contains(item("counter", notes));
  }

  @Test
  default void letsExactlyOneWriterWinEachVersion() throws Exception {
    put(item("version", 0));
    int each = 25;

    var wins =
        inThreads(
            number -> {
              int won = 0;
              while (won < each) {
                long seen = stored("version").orElseThrow().number("n");
                var next = new Write.Put(item("version", seen + 1), Condition.is("n", seen));
                won += store().write(next) instanceof Outcome.Done ? 1 : 0;
              }
              return won;
            });

    assertThat(wins).hasSize(THREADS).containsOnly(each);
    assertThat(stored("version")).contains(item("version", (long) THREADS * each));
  }

  @Test
  default void letsNoSnapshotSeeHalfOfATransfer() throws Exception {
    var accounts = IntStream.range(0, ACCOUNTS).mapToObj(i -> key("account" + i)).toList();
    accounts.forEach(a -> put(Item.at(a).with("n", STARTING_BALANCE).build()));
    var done = new AtomicBoolean();
    try (var watcher = Executors.newSingleThreadExecutor()) {
      var watched =
          watcher.submit(
              () -> {
                var sums = new ArrayList<Long>();
                do {
                  sums.add(sum(store().snapshot(accounts)));
                } while (!done.get());
                return sums;
              });
      inThreads(number -> transfer(accounts, new Random(number), 60));
      done.set(true);
      assertThat(watched.get()).containsOnly((long) ACCOUNTS * STARTING_BALANCE);
    }
    assertThat(walk(Query.of("p", 100))).allMatch(item -> item.number("n") >= 0);
    assertThat(sum(store().snapshot(accounts))).isEqualTo((long) ACCOUNTS * STARTING_BALANCE);
  }

  private int transfer(List<Key> accounts, Random random, int times) {
    int moved = 0;
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(ACCOUNTS);
      int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
      long amount = 1L + random.nextInt(STARTING_BALANCE);
      var take = List.of(Change.add("n", -amount));
      var give = List.of(Change.add("n", amount));
      var outcome =
          store()
              .transact(
                  Transaction.of(
                      new Write.Update(accounts.get(from), take, Condition.above("n", amount - 1)),
                      new Write.Update(accounts.get(to), give, Condition.NONE)));
      moved += outcome instanceof Outcome.Done ? 1 : 0;
    }
    return moved;
  }

  private static long sum(List<Optional<Item>> accounts) {
    return accounts.stream().mapToLong(account -> account.orElseThrow().number("n")).sum();
  }

  private static Write add(String sort, long delta) {
    return new Write.Update(key(sort), List.of(Change.add("n", delta)), Condition.NONE);
  }

  private static Write create(String sort, int bytes) {
    return Write.create(Item.at(key(sort)).with("b", Value.of(new byte[bytes])).build());
  }

  /** Something that each of several threads does, told its number. */
  interface Task {
    int run(int number) throws Exception;
  }

  private static List<Integer> inThreads(Task task) throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var tasks =
          IntStream.range(0, THREADS)
              .<Callable<Integer>>mapToObj(number -> () -> task.run(number))
              .toList();
      var results = new ArrayList<Integer>();
      for (var result : threads.invokeAll(tasks)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
