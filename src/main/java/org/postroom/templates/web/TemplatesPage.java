package org.postroom.templates.web;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.templates.Template;
import org.postroom.templates.Template.Level;
import org.postroom.templates.TemplateChanges;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Which text each mail has in which language: the one in use, and those one can choose. */
@Controller
class TemplatesPage {
  private final Templates templates;

  TemplatesPage(Templates templates) {
    this.templates = templates;
  }

  /**
   * One purpose.
   *
   * @param own what is used instead of built-in texts
   * @param builtIn languages that have the built-in text, word and name
   */
  record Line(
      String purpose,
      String name,
      List<Own> own,
      Map<String, String> builtIn,
      List<Own> others,
      List<Own> mine) {}

  /** A template somebody wrote. */
  record Own(String id, String name, String language) {}

  @GetMapping("/templates")
  String list(Caller caller, Model model) {
    TemplateChanges.requireMaking(caller);
    boolean manages = caller.may(Right.MANAGE_TEMPLATES);
    model.addAttribute("manages", manages);
    model.addAttribute("personal", caller.may(Right.SEND) && Templates.person(caller) != null);
    model.addAttribute(
        "lines", templates.purposes().stream().map(word -> line(caller, word)).toList());
    return "templates/list";
  }

  private Line line(Caller caller, String purpose) {
    List<Template> choices = templates.choices(caller.company(), Templates.person(caller), purpose);
    List<Template> used = choices.stream().filter(Template::isDefault).toList();
    Map<String, String> builtIn = new TreeMap<>();
    choices.stream()
        .filter(each -> each.level() == Level.BUILT_IN)
        .forEach(each -> builtIn.put(each.language(), language(each)));
    used.forEach(each -> builtIn.remove(each.language()));
    return new Line(
        purpose,
        upper(templates.name(purpose)),
        used.stream().map(TemplatesPage::own).toList(),
        builtIn,
        own(choices, Level.APPLICATION),
        own(choices, Level.PERSONAL));
  }

  private static List<Own> own(List<Template> choices, Level level) {
    return choices.stream()
        .filter(each -> each.level() == level && !each.isDefault())
        .map(TemplatesPage::own)
        .toList();
  }

  private static Own own(Template template) {
    return new Own(template.id(), template.name(), language(template));
  }

  private static String language(Template template) {
    return Locale.of(template.language()).getDisplayLanguage(Locale.ENGLISH);
  }

  private static String upper(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
