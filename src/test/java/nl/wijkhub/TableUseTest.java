package nl.wijkhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables are found wherever a statement names them; an owner that nobody finds is no owner. */
class TableUseTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        select * from signal                                                           |                | signal
        SELECT s.* FROM signal AS s JOIN plan p USING (plan_id), hold h                |                | hold plan signal
        select 1 from plan p left join lateral (select 1 from recall r) x on true      |                | plan recall
        select (select max(at) from hold) from plan where exists (select 1 from recall)|                | hold plan recall
        select * from (signal s join plan p on p.id = s.id) join hold using (id)       |                | hold plan signal
        select * from unnest(:ids::uuid[]) with ordinality as n(i, o), plan            |                | plan
        select 1 from plan union all select 2 from hold order by 1, 2                  |                | hold plan
        select * from signal where a is not distinct from plan for update of hold      |                | signal
        select extract(epoch from plan), cast(:from as hold) from signal               |                | signal
        select * from plan for no key update of plan skip locked                       |                | plan
        insert into plan (signal, hold) values (:update, 'from hold')                  | plan           |
        insert into plan select * from hold h, recall on conflict (id) do update set a = 1 | plan       | hold recall
        insert into plan values (1) on conflict do nothing returning plan.id, hold     | plan           |
        update household t set team_id = f.id, a = b from hold f, recall where t.a = 1 | household      | hold recall
        update only public.household set a = (select 1 from "hold")                    | household      | hold
        delete from household h using hold, recall r join plan using (id) where h.a = 1| household      | hold plan recall
        delete from household using (select * from hold) as x                          | household      | hold
        delete from household where a in (select a from hold)                          | household      | hold
        truncate table household, hold                                                 | hold household |
        merge into household h using hold s on s.a = h.a when matched then update set a = 1 when not matched then insert (a) values (1) | household | hold
        with a as (select * from hold) select * from a, plan                           |                | hold plan
        with a as materialized (delete from hold returning *) insert into plan select * from a | hold plan |
        with a (x, y) as (update hold set b = 1 returning *), c as (select 1 from a) select * from c join signal on true | hold | signal
        with recursive a (x) as (select 1 from hold union select 1 from a join plan on true) update household set b = 1 where c in (select x from a) | household | hold plan
        with hold as (select * from hold) select * from hold                           |                | hold
        select * from plan where a in (with b as (select 1 from hold) select 1 from b) |                | hold plan
        select 'it''s from hold', E'a\\' from hold', $$ from hold $$ from plan         |                | plan
        select * /* from hold */ from plan -- join recall                              |                | plan
        """)
    void tables_are_found(String sql, String written, String read) {
        TableUse use = TableUse.of(sql);
        assertThat(use.written()).as("written").isEqualTo(names(written));
        assertThat(use.read()).as("read").isEqualTo(names(read));
    }

    private static Set<String> names(String text) {
        return new TreeSet<>(text == null ? List.of() : List.of(text.split(" ")));
    }
}
