package afterword.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people call the browser they signed in with, from its User-Agent: enough to tell one's own
 * sessions apart, too little to recognise anybody by.
 */
final class BrowserName {
  /** The first that fits: most browsers name others too. */
  private static final Map<String, String> MARK_TO_BROWSER = new LinkedHashMap<>();

  private static final Map<String, String> MARK_TO_SYSTEM = new LinkedHashMap<>();

  static {
    MARK_TO_BROWSER.put("Edg", "Edge");
    MARK_TO_BROWSER.put("OPR/", "Opera");
    MARK_TO_BROWSER.put("SamsungBrowser/", "Samsung Internet");
    MARK_TO_BROWSER.put("Firefox/", "Firefox");
    MARK_TO_BROWSER.put("FxiOS/", "Firefox");
    MARK_TO_BROWSER.put("CriOS/", "Chrome");
    MARK_TO_BROWSER.put("Chrome/", "Chrome");
    MARK_TO_BROWSER.put("Safari/", "Safari");
    MARK_TO_SYSTEM.put("iPhone", "iPhone");
    MARK_TO_SYSTEM.put("iPad", "iPad");
    MARK_TO_SYSTEM.put("Android", "Android");
    MARK_TO_SYSTEM.put("CrOS", "ChromeOS");
    MARK_TO_SYSTEM.put("Windows", "Windows");
    MARK_TO_SYSTEM.put("Mac OS X", "macOS");
    MARK_TO_SYSTEM.put("Linux", "Linux");
  }

  private BrowserName() {}

  /** "Firefox on Linux"; "a program" where it names none that we know. */
  static String of(List<String> userAgents) {
    if (userAgents.size() != 1) return "a program";
    String browser = first(MARK_TO_BROWSER, userAgents.get(0), "a program");
    String system = first(MARK_TO_SYSTEM, userAgents.get(0), "");
    return system.isEmpty() ? browser : browser + " on " + system;
  }

  private static String first(Map<String, String> markToName, String userAgent, String otherwise) {
    return markToName.entrySet().stream()
        .filter(entry -> userAgent.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }
}
