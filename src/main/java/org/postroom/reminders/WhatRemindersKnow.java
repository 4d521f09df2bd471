package org.postroom.reminders;

import java.time.Instant;
import org.postroom.automations.Automation;
import org.postroom.automations.AutomationHistory;
import org.postroom.automations.Automations.Tally;
import org.postroom.db.Database;
import org.postroom.templates.TemplateUse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What reminders tell others: what they did, and which templates they need. */
@Configuration(proxyBeanMethods = false)
class WhatRemindersKnow {

  @Bean
  AutomationHistory historyOfReminders(Database database) {
    return new AutomationHistory() {
      @Override
      public Automation automation() {
        return Automation.OVERDUE_REMINDER;
      }

      @Override
      public Tally tally(String company, Instant since) {
        return database.read(sql -> HistoryRows.tally(sql, company, since));
      }
    };
  }

  /** A template of the ladder cannot be deleted. */
  @Bean
  TemplateUse templateOfReminders(Database database) {
    return (company, template) ->
        database.read(sql -> PlanRows.of(sql, company)).steps().stream()
            .filter(step -> template.equals(step.template()))
            .findFirst()
            .map(step -> "the ladder of reminders");
  }
}
