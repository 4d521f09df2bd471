package org.postroom.templates;

import java.util.Optional;

/** Knows something that names templates; a template that is named cannot be deleted. */
@FunctionalInterface
public interface TemplateUse {
  /** What names the template, as it ends a sentence: "the partner Contoso Bakery". */
  Optional<String> use(String company, String template);
}
