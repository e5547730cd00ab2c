-- An assignment goes out under the id of its item: it is found by that.
drop index delivery_queue_item;
