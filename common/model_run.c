// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model_impl.h"

int model_register(struct model_run *run)
{
	const struct program *p = run->program;
	uint64_t features = p->events ? UFFD_FEATURE_EVENT_FORK | UFFD_FEATURE_EVENT_REMAP : 0, offered;

	if (!uffd_offered(&offered, NULL))
		features |= offered & UFFD_FEATURE_MOVE;
	return stage_register(&run->stage, p->mode, features, &run->lack);
}

static int arrange(struct model_run *run)
{
	const struct program *p = run->program;
	int err = stage_region(&run->stage, p->backing, p->pages, &run->lack);

	if (!err)
		err = model_register(run);
	if (!err)
		err = model_make(&run->model, p, &run->stage.region,
				 run->stage.uffd.features & UFFD_FEATURE_WP_UNPOPULATED || p->mode == ASYNC);
	return err;
}

bool model_look(struct model_run *run, const struct op *op, int *err)
{
	struct stage *s = &run->stage;
	struct view old = s->before;
	size_t i;

	s->before = s->after;
	s->after = old;
	*err = view_read_pages(&s->after, &s->region);
	if (!*err && !s->after.scan) {
		snprintf(run->lack.why, sizeof(run->lack.why), "no model of it: this kernel has no PAGEMAP_SCAN (Linux 6.7)");
		*err = -ENOTSUP;
	}
	if (*err)
		return false;
	run->looks++;
	for (i = 0; i < s->after.pages; i++)
		if (s->after.page[i] & WP && s->after.page[i] & HW_RW)
			return model_differ(&run->difference, WP_NEVER_WRITABLE, LOST,
					    "no page both rw and wp; page %zu is, says the page-table dump", i);
	if (s->after.dispute.text[0])
		return model_differ(&run->difference, PM_AGREE, DISAGREE, "witnesses that agree; %s",
				    s->after.dispute.text);
	model_compare(&run->model, &s->after, op, &run->difference);
	return run->difference.id == REQUIREMENT_NONE;
}

static bool check_result(struct model_run *run, const struct op *op, int result)
{
	int wanted = model_expects(&run->model, op);

	if (wanted == MODEL_ANY || result == wanted || result == -ENOTSUP || (wanted == MODEL_FAILS && result < 0))
		return true;
	return model_differ(&run->difference, op_traits[op->kind].inside, INTERFACE, "%s, by the call; it gave %s",
			    wanted == MODEL_FAILS ? "an error" : wanted ? strerror(-wanted) : "success",
			    result ? strerror(-result) : "success");
}

/* Notes it; always true, for the run goes on. */
static bool leave_out(struct model_run *run, const struct op *op, const char *why)
{
	char text[64];

	if (!run->left_out[0])
		snprintf(run->left_out, sizeof(run->left_out), "%s: %s", op_text(op, text, sizeof(text)), why);
	return true;
}

/* userfaultfd(2): what isn't registered any more isn't the descriptor's to protect. */
static bool let_go(struct model_run *run, const struct op *op)
{
	int result;

	if ((op->kind != OP_MREMAP && op->kind != OP_UNREGISTER) || run->model.mode != UNREGISTERED ||
	    run->stage.uffd.fd < 0)
		return true;
	result = stage_protect(&run->stage, 0, 1);
	return result == -ENOENT ||
	       model_differ(&run->difference, op_traits[op->kind].inside, INTERFACE,
			    "ENOENT from protecting what isn't registered any more; it gave %s",
			    result ? strerror(-result) : "success");
}

/* One operation and the look after it. False ends the run. */
static bool step(struct model_run *run, const struct op *op, int *err)
{
	bool access = op_traits[op->kind].agent != AGENT_COUNT;
	const char *why = model_refuses(&run->model, op, &run->stage.after);
	int result;

	*err = 0;
	if (why)
		return leave_out(run, op, why);
	run->now = *op;
	/* Never zero, and another one each time. */
	run->value = op->kind == OP_ZEROPAGE ? 0 : 1 + (run->looks * 37 + 0x40) % 255;
	result = model_act(run, op);
	if (access && result && op->kind != OP_PROC_MEM)
		*err = result;
	if (*err || run->difference.id != REQUIREMENT_NONE || !check_result(run, op, result))
		return false;
	if (result == -ENOTSUP)
		return leave_out(run, op, "this machine can't");
	model_apply(&run->model, op, result, run->value);
	return model_look(run, op, err) && let_go(run, op);
}

/* The last page that is protected, or isn't, and may be written to. */
static bool find_page(const struct model *m, bool wp, size_t *page)
{
	size_t i = m->pages;

	while (i--)
		if (m->page[i].wp == wp && !m->page[i].locked) {
			*page = i;
			return true;
		}
	return false;
}

/* What the entries say is put to the test. */
static bool try_stores(struct model_run *run, int *err)
{
	struct op store = { .kind = OP_STORE };
	int wp;

	for (wp = 1; wp >= 0; wp--) {
		if (!find_page(&run->model, wp, &store.first))
			continue;
		store.end = store.first + 1;
		if (!step(run, &store, err))
			return false;
	}
	return true;
}

static int run_all(struct model_run *run, const struct program *p)
{
	struct op first = { OP_REGISTER, 0, p->pages };
	size_t i;
	int err;

	memset(run, 0, sizeof(*run));
	run->program = p;
	run->now = first;
	err = arrange(run);
	if (err || !model_look(run, &first, &err))
		return err;
	for (i = 0; i < p->count; i++)
		if (!step(run, &p->op[i], &err))
			return err;
	try_stores(run, &err);
	return err;
}

int model_run(struct model_run *run, const struct program *p)
{
	int err = run_all(run, p);

	if (!err || run->lack.why[0])
		return err;
	model_differ(&run->difference, op_traits[run->now.kind].inside, INTERFACE, "the call to work; it gave %s",
		     strerror(-err));
	return 0;
}

void model_run_end(struct model_run *run)
{
	stage_clear(&run->stage);
	region_free(&run->spare);
	model_free(&run->model);
}

/* How a child ended that should have left its answer. */
static void judge_end(int status, struct model_difference *d)
{
	if (WIFSIGNALED(status))
		model_differ(d, AC_LOG, CRASH, "the program to end; it was killed by signal %d", WTERMSIG(status));
}

struct answer {
	struct model_difference difference;
	int err;
};

static struct answer run_here(const struct program *p)
{
	static struct model_run run;
	struct answer a = { .err = model_run(&run, p) };

	a.difference = run.difference;
	if (run.difference.id == REQUIREMENT_NONE)
		model_run_end(&run);
	return a;
}

int model_try(const struct program *p, struct model_difference *d)
{
	struct answer *a = mmap(NULL, sizeof(*a), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status, err;
	pid_t pid;

	if (a == MAP_FAILED)
		return -errno;
	pid = fork();
	if (!pid) {
		*a = run_here(p);
		_exit(0);
	}
	if (pid < 0)
		return -errno;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	judge_end(status, &a->difference);
	*d = a->difference;
	err = a->err;
	munmap(a, sizeof(*a));
	return err;
}
