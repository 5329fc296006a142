package afterword.moderation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import afterword.model.PublicId;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimilarStoreTest {
  @Test
  void the_room_for_texts_is_shared_by_all_cards_of_a_page() {
    List<Similar> groups =
        IntStream.rangeClosed(1, 100).mapToObj(card -> group(card, Similar.TEXT, 100)).toList();

    Set<PublicId> compared = SimilarStore.compared(groups);

    assertEquals(SimilarStore.MOST_COMPARED, compared.size());
    for (Similar group : groups) {
      assertTrue(compared.contains(group.card()));
      assertEquals(
          4, group.others().stream().filter(other -> compared.contains(other.id())).count());
    }
  }

  @Test
  void what_has_an_address_or_an_author_in_common_needs_no_comparing() {
    assertEquals(
        Set.of(), SimilarStore.compared(List.of(group(1, "link", 3), group(1, "author", 3))));
  }

  private static Similar group(int card, String kind, int others) {
    return new Similar(
        new PublicId(1, card),
        kind,
        LongStream.range(0, others)
            .mapToObj(n -> new Similar.Other(new PublicId(1, 1_000L * (card + 1) + n), 1))
            .toList());
  }
}
