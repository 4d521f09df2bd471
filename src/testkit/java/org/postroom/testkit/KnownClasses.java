package org.postroom.testkit;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.type.classreading.MetadataReader;

/**
 * Looks for components among the product's own classes, as the real one does, and looks at the
 * files once: a JVM starts the product hundreds of times, and there are thousands of files.
 */
final class KnownClasses extends AnnotationConfigServletWebServerApplicationContext {
  private static final Map<String, Resource[]> FILES = new ConcurrentHashMap<>();
  private static final Map<Resource, MetadataReader> READ = new ConcurrentHashMap<>();

  /** Spring Boot's for tests that scan test classes too. */
  private static final String TEST_FILTER =
      "org.springframework.boot.test.context.filter.TestTypeExcludeFilter";

  KnownClasses() {
    getResourceCache(MetadataReader.class).putAll(READ);
    addBeanFactoryPostProcessor(_ -> READ.putAll(getResourceCache(MetadataReader.class)));
  }

  static void withoutTestFilter(ConfigurableApplicationContext context) {
    ((DefaultListableBeanFactory) context.getBeanFactory()).destroySingleton(TEST_FILTER);
  }

  @Override
  public Resource[] getResources(String pattern) throws IOException {
    if (!pattern.endsWith(".class")) return super.getResources(pattern);
    Resource[] known = FILES.get(pattern);
    if (known != null) return known;
    Resource[] found = super.getResources(pattern);
    Resource[] own =
        Stream.of(found)
            .filter(file -> !file.toString().contains("test-classes"))
            .toList()
            .toArray(Resource[]::new);
    FILES.put(pattern, own);
    return own;
  }
}
