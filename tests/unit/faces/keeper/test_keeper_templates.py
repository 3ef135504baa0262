"""Pages of the three powers: none asks for a name in vain."""

from __future__ import annotations

import pytest

from tests.browser.staff_samples import Sample
from tests.unit.faces.staff_rendering import MISSING, pages_of, rendered, samples

KEEPER = samples("keeper")


@pytest.mark.parametrize("sample", KEEPER, ids=lambda one: one.name)
def test_no_template_asks_for_a_name_in_vain(sample: Sample) -> None:
    assert MISSING not in rendered(sample)


def test_the_log_and_the_alerts_have_a_sample_each() -> None:
    mine = {f"keeper/{name}.html" for name in ("home", "alerts", "alert", "audit", "lookers")}
    assert mine <= pages_of("keeper") & {sample.template for sample in KEEPER}


def test_a_log_without_lines_says_so_and_offers_no_export() -> None:
    page = rendered(next(one for one in KEEPER if one.name == "keeper_audit_none"))
    assert "没有这样的记录" in page
    assert "<table" not in page
    assert "导出" not in page
