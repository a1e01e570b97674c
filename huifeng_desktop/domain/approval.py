"""How far an application for leave has come."""

from __future__ import annotations

from enum import StrEnum


class Approval(StrEnum):
    """审批: how far an application for leave has come."""

    APPROVED = "approved"
    NOT_APPROVED = "not_approved"
    ORAL = "oral"
