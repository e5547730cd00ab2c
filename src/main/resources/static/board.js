// Follows what happens in the queue on this page. Nothing moves under the pointer or the keyboard: what somebody took is marked
// where it stands, and anything else waits behind a button while the viewer is in the table.
const queue = document.getElementById('queue');
if (queue) {
  const news = document.getElementById('queue-news');
  const button = news.querySelector('button');
  button.textContent = button.dataset.text;
  let waiting;
  let last;

  const refresh = () => {
    news.hidden = true;
    htmx.trigger(queue, 'queue-changed');
  };
  const isInUse = () => queue.matches(':hover') || queue.contains(document.activeElement);
  const refreshOrSay = () => {
    if (isInUse()) {
      news.hidden = false;
    } else {
      refresh();
    }
  };
  const mark = (id) => {
    const row = document.getElementById('item-' + id);
    const form = row && row.querySelector('form');
    if (form) {
      row.classList.add('wijkhub-gone');
      const gone = document.createElement('span');
      gone.textContent = queue.dataset.gone;
      form.replaceWith(gone);
    }
  };
  button.addEventListener('click', refresh);
  // the hub may still be starting
  const again = () => setTimeout(refreshOrSay, 2000);
  queue.addEventListener('htmx:responseError', again);
  queue.addEventListener('htmx:sendError', again);

  const follow = () => {
    const events = new EventSource(queue.dataset.events);
    events.addEventListener('queue-item', (event) => {
      const told = JSON.parse(event.data);
      if (told.kind === 'taken') {
        mark(told.id);
      }
      clearTimeout(waiting);
      waiting = setTimeout(refreshOrSay, 100);
    });
    events.addEventListener('open', () => {
      // what happened while nobody followed
      if (last) {
        refreshOrSay();
      }
      last = true;
    });
    events.addEventListener('error', () => {
      // the browser tries again by itself, but not after an answer that is none
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(follow, 2000);
      }
    });
  };
  follow();

  const rows = () => [...queue.querySelectorAll('tbody tr')];
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, select, textarea')) {
      return;
    }
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    if (event.key === 'j' || event.key === 'k') {
      const to = all[event.key === 'j' ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0)];
      if (to) {
        to.querySelector('a').focus();
      }
    } else if (event.key === 't' && at >= 0) {
      const form = all[at].querySelector('form');
      if (form) {
        form.requestSubmit();
      }
    }
  });
}
