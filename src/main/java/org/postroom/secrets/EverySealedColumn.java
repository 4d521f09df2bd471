package org.postroom.secrets;

import java.util.List;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/** Every module's sealed columns, looked for once: it takes longer than what is done with them. */
final class EverySealedColumn {
  static final List<SealedColumns> MODULES = find();

  private EverySealedColumn() {}

  private static List<SealedColumns> find() {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AssignableTypeFilter(SealedColumns.class));
    return scanner.findCandidateComponents("org.postroom").stream()
        .map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null))
        .map(type -> (SealedColumns) BeanUtils.instantiateClass(type))
        .toList();
  }
}
