package org.postroom.accounts;

import java.util.List;

/** Knows who has an account of their own choice, before the company's table is asked. */
@FunctionalInterface
public interface SendFromRules {
  /** By name. */
  List<Rule> rules(String company);

  /**
   * @param who as people know them: "Contoso Bakery"
   * @param path of the page where it is changed
   * @param account id
   */
  record Rule(String who, String path, String account) {}
}
