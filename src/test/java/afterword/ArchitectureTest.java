package afterword;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the imports to the arrows that the README draws. */
class ArchitectureTest {
  private static final Set<String> ENTRIES = Set.of("(entry)", "cli", "demo");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("afterword");

  private final RoomMap map = RoomMap.read();

  @Test
  void every_room_is_on_the_map() {
    Set<String> rooms =
        CLASSES.stream().map(ArchitectureTest::room).collect(Collectors.toCollection(TreeSet::new));
    rooms.removeAll(ENTRIES);

    rooms.removeAll(map.rooms());

    assertEquals(Set.of(), rooms, "rooms that the README does not know");
  }

  @Test
  void a_room_imports_only_where_its_arrow_points() {
    Set<String> wrong =
        arrows()
            .filter(arrow -> !ENTRIES.contains(room(arrow.getOriginClass())))
            .filter(
                arrow -> !map.allows(room(arrow.getOriginClass()), room(arrow.getTargetClass())))
            .map(ArchitectureTest::tell)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(
        Set.of(), wrong, "arrows that are not on the map; you are probably holding an event");
  }

  @Test
  void nothing_imports_the_entry_points() {
    Set<String> wrong =
        arrows()
            .filter(arrow -> !ENTRIES.contains(room(arrow.getOriginClass())))
            .filter(arrow -> ENTRIES.contains(room(arrow.getTargetClass())))
            .map(ArchitectureTest::tell)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), wrong);
  }

  @Test
  void the_map_has_no_circles() {
    assertTrue(map.circles().isEmpty(), () -> "circles through " + map.circles());
  }

  @Test
  void what_decides_and_what_renders_knows_nothing_of_vertx() {
    assertNoneImport(Set.of("model", "rules", "markup"), name -> name.startsWith("io.vertx."));
  }

  @Test
  void settings_and_words_need_java_alone() {
    assertNoneImport(
        Set.of("config", "model"),
        name -> !name.startsWith("java.") && !name.startsWith("afterword."));
  }

  @Test
  void nothing_but_outbound_calls_anybody() {
    var everybodyElse = new TreeSet<>(map.rooms());
    everybodyElse.addAll(ENTRIES);
    everybodyElse.remove("outbound");

    assertNoneImport(
        everybodyElse,
        name ->
            name.matches(
                "io[.]vertx[.]core[.]http[.](HttpClient.*|WebSocketClient.*)|io[.]vertx[.]ext[.]web[.]client[.].*"
                    + "|io[.]vertx[.]core[.]net[.]NetClient|io[.]vertx[.]ext[.]mail[.].*|java[.]net[.]http[.].*"
                    + "|java[.]net[.](URLConnection|HttpURLConnection)|io[.]vertx[.]core[.]dns[.].*"));
  }

  private static void assertNoneImport(Set<String> rooms, Predicate<String> forbidden) {
    List<String> wrong =
        CLASSES.stream()
            .filter(type -> rooms.contains(room(type)))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(
                arrow ->
                    forbidden.test(arrow.getTargetClass().getBaseComponentType().getFullName()))
            .filter(arrow -> !arrow.getTargetClass().getBaseComponentType().isPrimitive())
            .map(ArchitectureTest::tell)
            .sorted()
            .toList();
    assertEquals(List.of(), wrong);
  }

  private static Stream<Dependency> arrows() {
    return CLASSES.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith("afterword"))
        .filter(arrow -> !room(arrow.getOriginClass()).equals(room(arrow.getTargetClass())));
  }

  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.equals("afterword")
        ? "(entry)"
        : name.substring("afterword.".length()).split("\\.")[0];
  }

  private static String tell(Dependency arrow) {
    return arrow.getOriginClass().getFullName() + " -> " + arrow.getTargetClass().getFullName();
  }
}
