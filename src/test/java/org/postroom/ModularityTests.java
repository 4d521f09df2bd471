package org.postroom;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTests {
  @Test
  void modulesUseOnlyWhatTheirPackageInfoLists() {
    ApplicationModules.of(Postroom.class).verify();
  }
}
