"""Filters of lists that lead from the curator's desk to the rows in question."""

from django.contrib import admin

from evidence.desk import questions_about, register
from evidence.desk_questions import QUESTIONS

register(*QUESTIONS)


def may_ask(question, user):
    """Say whether a question is any business of this user, who may see its model."""
    return user.has_perms(question.needs)


class DeskFilter(admin.SimpleListFilter):
    """Keeps exactly the rows that the desk counts for one question."""

    title = "on the desk"
    parameter_name = "desk"

    def lookups(self, request, model_admin):
        """Name the questions about this model."""
        self.questions = {
            question.code: question
            for question in questions_about(model_admin.model)
            if may_ask(question, request.user)
        }
        return [(code, question.title) for code, question in self.questions.items()]

    def queryset(self, request, queryset):
        """Keep the rows asked for."""
        question = self.questions.get(self.value())
        return question.rows(queryset, request.user) if question else queryset
