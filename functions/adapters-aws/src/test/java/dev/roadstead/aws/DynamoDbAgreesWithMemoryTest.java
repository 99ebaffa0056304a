package dev.roadstead.aws;

import dev.roadstead.memory.AgreesWithMemory;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever protocols may do, DynamoDB answers what the store in memory answers. */
class DynamoDbAgreesWithMemoryTest extends AgreesWithMemory {
  DynamoDbAgreesWithMemoryTest() {
    super(false);
  }

  @Property(tries = 60)
  void answersTheSameToAnySequence(@ForAll("sequences") List<Step> sequence) {
    try (var stores = TestStores.onMoto()) {
      agree(stores.metadata(), sequence);
    }
  }
}
