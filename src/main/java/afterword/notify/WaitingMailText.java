package afterword.notify;

import afterword.outbound.Mailer;
import java.util.List;
import java.util.Map;

/**
 * The words of a mail about what waits, in the languages of the admin page. No word of any comment.
 */
final class WaitingMailText {
  /**
   * @param waiting "{n}" is a number after the colon, so that no language has to bend a word
   */
  private record Words(String subject, String waiting, String fresh, String open, String why) {}

  private static final Map<String, Words> LANGUAGES =
      Map.of(
          "en",
          new Words(
              "Comments wait for you",
              "waiting: {n}",
              "new: {n}",
              "To the queue:",
              "You get this mail because you asked for it in your account, under \"Mail\"; there you can stop it."),
          "de",
          new Words(
              "Kommentare warten auf dich",
              "wartend: {n}",
              "neu: {n}",
              "Zur Warteschlange:",
              "Du bekommst diese Mail, weil du sie in deinem Konto unter „Mail“ bestellt hast; dort lässt sie sich abbestellen."),
          "es",
          new Words(
              "Hay comentarios que te esperan",
              "en espera: {n}",
              "nuevos: {n}",
              "A la cola:",
              "Recibes este correo porque lo pediste en tu cuenta, en «Correo»; allí puedes cancelarlo."),
          "fr",
          new Words(
              "Des commentaires vous attendent",
              "en attente : {n}",
              "nouveaux : {n}",
              "Vers la file :",
              "Vous recevez ce message parce que vous l’avez demandé dans votre compte, sous « E-mail » ; vous pouvez l’y arrêter."),
          "ru",
          new Words(
              "Комментарии ждут вас",
              "ожидают: {n}",
              "новые: {n}",
              "К очереди:",
              "Вы получаете это письмо, потому что попросили о нём в своей учётной записи, раздел «Почта»; там его можно отключить."),
          "uk",
          new Words(
              "Коментарі чекають на вас",
              "очікують: {n}",
              "нові: {n}",
              "До черги:",
              "Ви отримуєте цей лист, бо попросили про нього у своєму обліковому записі, розділ «Пошта»; там його можна вимкнути."),
          "ar",
          new Words(
              "تعليقات تنتظرك",
              "في الانتظار: {n}",
              "جديدة: {n}",
              "إلى القائمة:",
              "تصلك هذه الرسالة لأنك طلبتها في حسابك، تحت «البريد»؛ ويمكنك إيقافها هناك."));

  private WaitingMailText() {}

  static boolean speaks(String language) {
    return LANGUAGES.containsKey(language);
  }

  static String subject(String language, int comments) {
    return words(language).subject + " (" + comments + ")";
  }

  /**
   * @param queue where the queue is
   */
  static String body(String language, List<WaitingMailStore.Waiting> waiting, String queue) {
    Words words = words(language);
    var text = new StringBuilder();
    for (WaitingMailStore.Waiting site : waiting)
      text.append(Mailer.line(site.name()))
          .append("\n  ")
          .append(words.waiting.replace("{n}", "" + site.comments()))
          .append(", ")
          .append(words.fresh.replace("{n}", "" + site.fresh()))
          .append("\n\n");
    return text.append(words.open)
        .append('\n')
        .append(queue)
        .append("\n\n-- \n")
        .append(words.why)
        .append('\n')
        .toString();
  }

  private static Words words(String language) {
    return LANGUAGES.getOrDefault(language, LANGUAGES.get("en"));
  }
}
