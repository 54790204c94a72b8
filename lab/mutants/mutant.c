// SPDX-License-Identifier: GPL-2.0
/* Which mutant and which flavour this kernel is: see mutant.h. */
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/mutant.h>
#include <linux/panic.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define MUTANT_TEXT(name, text)	text,

/* A kind of choice: the names in the order of their numbers, from 1. */
struct choice {
	const char *kind;
	const char * const *names;
	int *chosen;
	char asked[64];
};

static const char * const mutant_names[] = { MUTANT_NAMES(MUTANT_TEXT) NULL };
static const char * const flavour_names[] = { FLAVOUR_NAMES(MUTANT_TEXT) NULL };

int mutant_chosen __read_mostly;
int flavour_chosen __read_mostly;

static struct choice mutant_choice = { "mutant", mutant_names, &mutant_chosen };
static struct choice flavour_choice = { "flavour", flavour_names, &flavour_chosen };

static int choose(struct choice *choice, const char *name)
{
	int i;

	if (!*name) {
		WRITE_ONCE(*choice->chosen, 0);
		return 0;
	}
	for (i = 0; choice->names[i]; i++) {
		if (!strcmp(choice->names[i], name)) {
			WRITE_ONCE(*choice->chosen, i + 1);
			return 0;
		}
	}
	return -EINVAL;
}

static int __init ask_mutant(char *name)
{
	strscpy(mutant_choice.asked, name);
	return 1;
}
__setup("mutant=", ask_mutant);

static int __init ask_flavour(char *name)
{
	strscpy(flavour_choice.asked, name);
	return 1;
}
__setup("flavour=", ask_flavour);

static int choice_show(struct seq_file *m, void *unused)
{
	struct choice *choice = m->private;
	int chosen = READ_ONCE(*choice->chosen);

	seq_printf(m, "%s\n", chosen ? choice->names[chosen - 1] : "");
	return 0;
}

static int choice_open(struct inode *inode, struct file *file)
{
	return single_open(file, choice_show, inode->i_private);
}

static ssize_t choice_write(struct file *file, const char __user *text, size_t size, loff_t *pos)
{
	struct seq_file *m = file->private_data;
	char name[64] = "";
	int error;

	if (size >= sizeof(name))
		return -EINVAL;
	if (copy_from_user(name, text, size))
		return -EFAULT;
	error = choose(m->private, strim(name));
	return error ?: size;
}

static const struct file_operations choice_fops = {
	.open = choice_open,
	.read = seq_read,
	.write = choice_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int list_show(struct seq_file *m, void *unused)
{
	const struct choice *choice = m->private;
	int i;

	for (i = 0; choice->names[i]; i++)
		seq_printf(m, "%s\n", choice->names[i]);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(list);

/* A name that nobody knows must not pass for the unchanged kernel. */
static void __init choice_init(struct choice *choice, const char *list)
{
	if (choose(choice, choice->asked))
		panic("%s=%s: no such name", choice->kind, choice->asked);
	debugfs_create_file(choice->kind, 0600, NULL, choice, &choice_fops);
	debugfs_create_file(list, 0400, NULL, choice, &list_fops);
}

static int __init mutant_init(void)
{
	choice_init(&mutant_choice, "mutants");
	choice_init(&flavour_choice, "flavours");
	return 0;
}
late_initcall(mutant_init);
