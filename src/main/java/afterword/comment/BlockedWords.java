package afterword.comment;

import afterword.model.Site;
import afterword.rules.WordList;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.util.List;

/** Which of a site's blocked words a comment holds by now, for those who look at it. */
public final class BlockedWords {
  private static final int MOST = 20;

  private final LoadingCache<List<String>, WordList> lists =
      Caffeine.newBuilder().weakKeys().maximumSize(1_000).build(WordList::of);

  public List<String> in(Site site, String name, String text) {
    List<String> words = site.settings().blockedWords();
    if (words.isEmpty()) return List.of();
    return lists.get(words).allIn(Judgement.searched(name == null ? "" : name, text), MOST);
  }
}
