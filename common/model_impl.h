/* SPDX-License-Identifier: GPL-2.0 */
/*
 * model_impl - the inside of a run (model_run.h): the parts that do an operation, and the look after it. Each part gives the
 * operation's own result, with -ENOTSUP where this machine can't; or sets run->difference. Nothing else should include it.
 */
#ifndef COMMON_MODEL_IMPL_H
#define COMMON_MODEL_IMPL_H

#include "model_run.h"

/* Any operation (model_act.c). */
int model_act(struct model_run *run, const struct op *op);

/* One of those that befall a mapping (model_life.c). */
int model_live(struct model_run *run, const struct op *op);

/* One writer or reader, its event and the look in between included (model_access.c). */
int model_access(struct model_run *run, const struct op *op);

/* Registers the stage's region as the program says, with a new descriptor. */
int model_register(struct model_run *run);

/* Reads a view and holds it against the model; false at a difference or an error, which is in *err then. */
bool model_look(struct model_run *run, const struct op *op, int *err);

#endif /* COMMON_MODEL_IMPL_H */
