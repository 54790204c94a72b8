// SPDX-License-Identifier: GPL-2.0
'use strict';
(function () {
	const form = document.getElementById('filter'), word = form.querySelector('[type=search]'), said = form.querySelector('output');
	const rows = Array.from(document.querySelectorAll('#tests tbody tr'), (row) => [row, row.textContent.toLowerCase()]);

	function filter() {
		const words = word.value.toLowerCase().split(/\s+/);
		let shown = 0;

		for (const [row, text] of rows) {
			row.hidden = !form.elements[row.className].checked || !words.every((w) => text.includes(w));
			shown += !row.hidden;
		}
		said.textContent = shown + ' of ' + rows.length;
	}

	/* A link to a test that the filter hides shows all again. */
	function follow() {
		const target = document.getElementById(location.hash.slice(1));

		if (target && target.hidden) {
			form.reset();
			filter();
			target.scrollIntoView();
		}
	}

	word.value = new URLSearchParams(location.search).get('q') || '';
	form.addEventListener('input', filter);
	form.addEventListener('submit', (event) => event.preventDefault());
	addEventListener('hashchange', follow);
	filter();
})();
