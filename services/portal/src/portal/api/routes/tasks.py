"""Tasks that people write down: new ones, done ones, and those that are to be done after all."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.asked import AskedText
from portal.api.pages.doors import Form, Forms
from portal.api.pages.item_answers import ItemAnswers, day_of, status_of
from portal.api.pages.page import PageDoor, Pages, Values, is_htmx
from portal.api.routes.work import ItemId, Wanted
from portal.api.views.work_task import task_view
from portal.app.finish_task import FinishTask, finish_task
from portal.app.open_task import OpenTask, open_task
from portal.app.queries import tasks
from portal.app.reopen_task import reopen_task
from portal.domain.errors import AssigneeDoesNotFit, TaskInvalid
from portal.domain.own_path import own_path
from shared.db.work import Work
from shared.errors import Refused
from shared.http.access import allow

router = APIRouter(include_in_schema=False)

Back = Annotated[str, Query(max_length=500, description="The page to go back to.")]


@router.get("/tasks/new", dependencies=[allow("tasks.open")])
async def new_task(
    door: Pages,
    assignment_id: AskedText = None,
    clinician_id: AskedText = None,
    work_item_id: AskedText = None,
    back: Back = "/work",
) -> Response:
    """The form of a task about an assignment, a clinician, what an item is about, or nothing in particular."""

    async def look(work: Work) -> Values:
        found = await tasks.task_about(
            work, assignment_id=assignment_id, clinician_id=clinician_id, work_item_id=work_item_id
        )
        return {"view": task_view(found, fields={}, back=own_path(back))}

    return await door.show("work/task.html", look, block="inside")


@router.post("/tasks", dependencies=[allow("tasks.open")])
async def open_new_task(request: Request, door: Forms, pages: Pages) -> Response:
    """Writes the task down; what is wrong with it comes back at its fields."""
    command = _command(door.form)
    try:
        made = await door.act(lambda work: open_task(work, command))
    except (TaskInvalid, AssigneeDoesNotFit) as refusal:
        return await _again(pages, door.form, command, refusal)
    where = f"/work/{made.work_item_id}" if made else own_path(door.form.text("back"))
    if is_htmx(request):
        return Response(headers={"HX-Redirect": where})
    return RedirectResponse(where, 303)


@router.post("/work/{work_item_id}/done", dependencies=[allow("tasks.finish")])
async def finish(request: Request, door: Forms, pages: Pages, work_item_id: ItemId, wanted: Wanted) -> Response:
    """Ticks a task off."""
    command = FinishTask(work_item_id=work_item_id, why=door.form.text("why"))
    changed = await door.act(lambda work: finish_task(work, command))
    answers = ItemAnswers(request=request, pages=pages, work_item_id=work_item_id, form=door.form, wanted=wanted)
    return await answers.done("Done.", undo="reopen", changed=changed)


@router.post("/work/{work_item_id}/reopen", dependencies=[allow("tasks.finish")])
async def reopen(request: Request, door: Forms, pages: Pages, work_item_id: ItemId, wanted: Wanted) -> Response:
    """A task is to be done after all."""
    await door.act(lambda work: reopen_task(work, work_item_id))
    answers = ItemAnswers(request=request, pages=pages, work_item_id=work_item_id, form=door.form, wanted=wanted)
    return await answers.done("It is open again.")


def _command(form: Form) -> OpenTask:
    return OpenTask(
        title=form.text("title"),
        due_on=day_of(form, "due_on"),
        skill=form.text("skill"),
        to=form.text("to")[:60],
        assignment_id=form.text("assignment_id")[:60] or None,
        clinician_id=form.text("clinician_id")[:60] or None,
    )


async def _again(pages: PageDoor, form: Form, command: OpenTask, refusal: Refused) -> Response:
    async def look(work: Work) -> Values:
        found = await tasks.task_about(
            work, assignment_id=command.assignment_id, clinician_id=command.clinician_id, work_item_id=None
        )
        return {"view": task_view(found, fields=form.typed(), refusal=refusal, back=own_path(form.text("back")))}

    return await pages.show("work/task.html", look, block="inside", status=status_of(refusal))
