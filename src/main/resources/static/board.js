// Follows the events of the team on this page and asks htmx to fetch its table again.
const queue = document.getElementById('queue');
if (queue) {
  const follow = new EventSource(queue.dataset.events);
  let waiting;
  follow.addEventListener('queue-item', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => htmx.trigger(queue, 'queue-changed'), 100);
  });
}
