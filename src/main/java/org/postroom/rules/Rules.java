package org.postroom.rules;

import java.util.Map;
import org.springframework.stereotype.Service;

/** A company's conditional rules: if a document is so, its mail goes like that. */
@Service
public class Rules {

  /**
   * What the rules that are switched on say about a mail.
   *
   * @param facts the model texts see too: {@code document} (with {@code lines} and {@code fields}),
   *     {@code partner}, {@code company}; and {@code purpose}
   */
  public Decisions decide(String company, Map<String, Object> facts) {
    return Decisions.NONE;
  }
}
