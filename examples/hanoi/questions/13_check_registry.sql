-- 13, and what else is wrong with the registry of the programme.
--     Và những điều khác cần xem lại trong danh mục của chương trình.
--
-- check_registry() lists it, worst first; here without the synthetic communes.

SELECT severity, fault, object, what
FROM check_registry('hanoi_registry')
WHERE object LIKE '21-CTr/TU%';
