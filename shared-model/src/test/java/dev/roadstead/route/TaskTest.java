package dev.roadstead.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskTest {
  @Test
  void isFoundByItsNameWhichNoOtherHas() {
    assertThat(Task.all())
        .allSatisfy(task -> assertThat(Task.named(task.functionName())).contains(task));
    assertThat(Task.named("run")).isEmpty();
  }

  @Test
  void hashesBlobsWhereItGetsTheirBytes() {
    assertThat(Task.all().filter(Task::hashesBlobs))
        .containsExactly(
            Operation.START_UPLOAD,
            Operation.APPEND_CHUNK,
            Operation.FINISH_UPLOAD,
            Operation.START_CHECK);
  }
}
