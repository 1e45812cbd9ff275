"""First tables, and the guards of the audit log.

A later batch migration of that table makes it anew, and must put the triggers back.
"""

import sqlalchemy as sa
from alembic import op

from dacommission.db import Exact, UtcTime

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        # INSERT OR REPLACE passes the two above, so an insert must be the next event and a new digest.
        "CREATE TRIGGER audit_event_next BEFORE INSERT ON audit_event BEGIN "
        "SELECT RAISE(ABORT, 'not the next audit event') "
        "WHERE NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM audit_event); "
        "SELECT RAISE(ABORT, 'does not follow the last audit event') "
        "WHERE NEW.prev IS NOT COALESCE((SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1), '0'); "
        "SELECT RAISE(ABORT, 'this audit event is there already') "
        "WHERE EXISTS (SELECT 1 FROM audit_event WHERE hash = NEW.hash); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()",
        "CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()",
        "CREATE FUNCTION audit_event_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF NEW.id IS DISTINCT FROM (SELECT COALESCE(MAX(id), 0) + 1 FROM audit_event) THEN "
        "RAISE EXCEPTION 'not the next audit event'; END IF; "
        "IF NEW.prev IS DISTINCT FROM COALESCE((SELECT hash FROM audit_event ORDER BY id DESC LIMIT 1), '0') THEN "
        "RAISE EXCEPTION 'does not follow the last audit event'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER audit_event_next BEFORE INSERT ON audit_event "
        "FOR EACH ROW EXECUTE FUNCTION audit_event_follow()",
        # ALWAYS: so that session_replication_role = replica does not step round them.
        "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_no_change",
        "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_no_truncate",
        "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_next",
    ),
}


def upgrade() -> None:
    op.create_table('arrangement',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('description', sa.String(), nullable=False),
    sa.CheckConstraint('ends_on IS NULL OR starts_on <= ends_on', name=op.f('ck_arrangement_ends after it began')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_arrangement')),
    sa.UniqueConstraint('name', name=op.f('uq_arrangement_name'))
    )
    op.create_table('audit_event',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', UtcTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Uuid(), nullable=True),
    sa.Column('actor_name', sa.String(), nullable=False),
    sa.Column('actor_role', sa.String(), nullable=False),
    sa.Column('actor_organisation_id', sa.Uuid(), nullable=True),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject_kind', sa.String(), nullable=False),
    sa.Column('subject_id', sa.String(), nullable=False),
    sa.Column('subject_name', sa.String(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=True),
    sa.Column('security', sa.Boolean(), nullable=False),
    sa.Column('details', sa.String(), nullable=False),
    sa.Column('prev', sa.String(), nullable=False),
    sa.Column('hash', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_event')),
    sa.UniqueConstraint('hash', name=op.f('uq_audit_event_hash'))
    )
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_event_action'), ['action'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_event_subject_id'), ['subject_id'], unique=False)

    op.create_table('breakdown',
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('multi_response', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_breakdown'))
    )
    op.create_table('failed_sign_in',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.Column('at', UtcTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_sign_in'))
    )
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_failed_sign_in_account'), ['account'], unique=False)
        batch_op.create_index(batch_op.f('ix_failed_sign_in_address'), ['address'], unique=False)
        batch_op.create_index(batch_op.f('ix_failed_sign_in_at'), ['at'], unique=False)

    op.create_table('indicator',
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('count_type', sa.String(), nullable=False),
    sa.Column('direction', sa.String(), nullable=False),
    sa.Column('decimals', sa.Integer(), nullable=False),
    sa.Column('numerator_label', sa.String(), nullable=False),
    sa.Column('denominator_label', sa.String(), nullable=False),
    sa.Column('numerator_indicator', sa.String(), nullable=False),
    sa.Column('denominator_indicator', sa.String(), nullable=False),
    sa.Column('year_value', sa.String(), nullable=False),
    sa.Column('family', sa.String(), nullable=False),
    sa.Column('core', sa.Boolean(), nullable=False),
    sa.Column('typical_target', sa.String(), nullable=False),
    sa.Column('breakdowns', sa.JSON(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint("count_type IN ('F','S','P','Y','R','M','Q','C','L')", name=op.f('ck_indicator_known count type')),
    sa.CheckConstraint("direction IN ('higher', 'lower', 'range', 'volume')", name=op.f('ck_indicator_known direction')),
    sa.CheckConstraint("year_value IN ('first', 'last')", name=op.f('ck_indicator_known year value')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_indicator'))
    )
    op.create_table('organisation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('successor_id', sa.Uuid(), nullable=True),
    sa.Column('succeeded_on', sa.Date(), nullable=True),
    sa.Column('note', sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('funding-body', 'provider', 'board-agency')", name=op.f('ck_organisation_known kind')),
    sa.CheckConstraint('successor_id <> id', name=op.f('ck_organisation_not its own successor')),
    sa.ForeignKeyConstraint(['successor_id'], ['organisation.id'], name=op.f('fk_organisation_successor_id_organisation'), initially='IMMEDIATE', deferrable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation')),
    sa.UniqueConstraint('name', name=op.f('uq_organisation_name'))
    )
    op.create_table('service',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('duty', sa.String(), nullable=False),
    sa.Column('description', sa.String(), nullable=False),
    sa.Column('indicator_family', sa.String(), nullable=False),
    sa.CheckConstraint("duty IN ('safe-accommodation', 'community')", name=op.f('ck_service_known duty')),
    sa.CheckConstraint("kind IN ('hub', 'community', 'safe-accommodation', 'whole-family', 'capva', 'perpetrator', 'other')", name=op.f('ck_service_known kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_service')),
    sa.UniqueConstraint('name', name=op.f('uq_service_name'))
    )
    op.create_table('category',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('breakdown_key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('category_group', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['breakdown_key'], ['breakdown.key'], name=op.f('fk_category_breakdown_key_breakdown')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_category')),
    sa.UniqueConstraint('breakdown_key', 'name', name=op.f('uq_category_breakdown_key_name'))
    )
    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_category_breakdown_key'), ['breakdown_key'], unique=False)

    op.create_table('context_series',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('indicator_code', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('resolution', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_code'], ['indicator.code'], name=op.f('fk_context_series_indicator_code_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_context_series')),
    sa.UniqueConstraint('name', name=op.f('uq_context_series_name'))
    )
    op.create_table('contract',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('provider_id', sa.Uuid(), nullable=False),
    sa.Column('lead_commissioner_id', sa.Uuid(), nullable=False),
    sa.Column('arrangement_id', sa.Uuid(), nullable=True),
    sa.Column('regime', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('return_working_days', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.CheckConstraint("regime IN ('PCR2015', 'PA2023', 'below-threshold', 'grant', 'in-house')", name=op.f('ck_contract_known regime')),
    sa.CheckConstraint('starts_on <= ends_on', name=op.f('ck_contract_ends after it began')),
    sa.ForeignKeyConstraint(['arrangement_id'], ['arrangement.id'], name=op.f('fk_contract_arrangement_id_arrangement')),
    sa.ForeignKeyConstraint(['lead_commissioner_id'], ['organisation.id'], name=op.f('fk_contract_lead_commissioner_id_organisation')),
    sa.ForeignKeyConstraint(['provider_id'], ['organisation.id'], name=op.f('fk_contract_provider_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract')),
    sa.UniqueConstraint('reference', name=op.f('uq_contract_reference'))
    )
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_arrangement_id'), ['arrangement_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_lead_commissioner_id'), ['lead_commissioner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_provider_id'), ['provider_id'], unique=False)

    op.create_table('indicator_alias',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('indicator_code', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('basis', sa.String(), nullable=True),
    sa.CheckConstraint("part IN ('value', 'numerator', 'denominator', 'percent')", name=op.f('ck_indicator_alias_known part')),
    sa.ForeignKeyConstraint(['indicator_code'], ['indicator.code'], name=op.f('fk_indicator_alias_indicator_code_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_alias'))
    )
    with op.batch_alter_table('indicator_alias', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_indicator_alias_indicator_code'), ['indicator_code'], unique=False)

    op.create_table('organisation_name',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.CheckConstraint('valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to', name=op.f('ck_organisation_name_ends after it began')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_organisation_name_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation_name')),
    sa.UniqueConstraint('organisation_id', 'name', 'valid_from', name=op.f('uq_organisation_name_organisation_id_name_valid_from'))
    )
    with op.batch_alter_table('organisation_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_name_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('summary',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('arrangement_id', sa.Uuid(), nullable=False),
    sa.Column('period_key', sa.String(), nullable=False),
    sa.Column('narrative', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['arrangement_id'], ['arrangement.id'], name=op.f('fk_summary_arrangement_id_arrangement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_summary')),
    sa.UniqueConstraint('arrangement_id', 'period_key', name=op.f('uq_summary_arrangement_id_period_key'))
    )
    with op.batch_alter_table('summary', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_summary_arrangement_id'), ['arrangement_id'], unique=False)

    op.create_table('user_account',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('organisation_id', sa.Uuid(), nullable=False),
    sa.Column('password_hash', sa.String(), nullable=True),
    sa.Column('created_at', UtcTime(timezone=True), nullable=False),
    sa.Column('disabled_at', UtcTime(timezone=True), nullable=True),
    sa.CheckConstraint("role IN ('administrator', 'commissioner', 'provider-manager', 'provider-uploader', 'board-member', 'auditor')", name=op.f('ck_user_account_known role')),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_user_account_email in lower case')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_user_account_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_account')),
    sa.UniqueConstraint('email', name=op.f('uq_user_account_email'))
    )
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_account_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('contract_kpi',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('indicator_code', sa.String(), nullable=False),
    sa.Column('financial_year', sa.Integer(), nullable=False),
    sa.Column('target', Exact(precision=16, scale=4), nullable=True),
    sa.Column('tolerance', Exact(precision=16, scale=4), nullable=True),
    sa.Column('range_low', Exact(precision=16, scale=4), nullable=True),
    sa.Column('range_high', Exact(precision=16, scale=4), nullable=True),
    sa.Column('minimum_denominator', sa.Integer(), nullable=False),
    sa.Column('mandatory', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(range_low IS NULL) = (range_high IS NULL)', name=op.f('ck_contract_kpi_both ends of a range or neither')),
    sa.CheckConstraint('target IS NULL OR range_low IS NULL', name=op.f('ck_contract_kpi_a target or a range')),
    sa.CheckConstraint('tolerance IS NULL OR tolerance >= 0', name=op.f('ck_contract_kpi_tolerance is nought or more')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_kpi_contract_id_contract')),
    sa.ForeignKeyConstraint(['indicator_code'], ['indicator.code'], name=op.f('fk_contract_kpi_indicator_code_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_kpi')),
    sa.UniqueConstraint('contract_id', 'indicator_code', 'financial_year', name=op.f('uq_contract_kpi_contract_id_indicator_code_financial_year'))
    )
    with op.batch_alter_table('contract_kpi', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_kpi_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contract_kpi_indicator_code'), ['indicator_code'], unique=False)

    op.create_table('contract_return',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('financial_year', sa.Integer(), nullable=False),
    sa.Column('quarter', sa.Integer(), nullable=False),
    sa.Column('due_at', UtcTime(timezone=True), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('submitted_at', UtcTime(timezone=True), nullable=True),
    sa.Column('submitted_by_id', sa.Uuid(), nullable=True),
    sa.Column('decided_at', UtcTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('accepted_upload_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("(status = 'accepted') = (accepted_upload_id IS NOT NULL)", name=op.f('ck_contract_return_accepted with an upload')),
    sa.CheckConstraint("status IN ('due', 'received', 'submitted', 'sent-back', 'accepted')", name=op.f('ck_contract_return_known status')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_contract_return_decided when and by whom')),
    sa.CheckConstraint('(submitted_at IS NULL) = (submitted_by_id IS NULL)', name=op.f('ck_contract_return_submitted when and by whom')),
    sa.CheckConstraint('quarter BETWEEN 1 AND 4', name=op.f('ck_contract_return_quarter 1 to 4')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_return_contract_id_contract')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_contract_return_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['user_account.id'], name=op.f('fk_contract_return_submitted_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contract_return')),
    sa.UniqueConstraint('contract_id', 'financial_year', 'quarter', name=op.f('uq_contract_return_contract_id_financial_year_quarter'))
    )
    with op.batch_alter_table('contract_return', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_return_contract_id'), ['contract_id'], unique=False)

    op.create_table('contract_service',
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contract_service_contract_id_contract')),
    sa.ForeignKeyConstraint(['service_id'], ['service.id'], name=op.f('fk_contract_service_service_id_service')),
    sa.PrimaryKeyConstraint('contract_id', 'service_id', name=op.f('pk_contract_service'))
    )
    with op.batch_alter_table('contract_service', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contract_service_service_id'), ['service_id'], unique=False)

    op.create_table('contribution',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('stream', sa.String(), nullable=False),
    sa.Column('financial_year', sa.Integer(), nullable=False),
    sa.Column('amount', Exact(precision=14, scale=2), nullable=True),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_contribution_nought or more')),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_contribution_body_id_organisation')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_contribution_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contribution')),
    sa.UniqueConstraint('contract_id', 'body_id', 'stream', 'financial_year', name=op.f('uq_contribution_contract_id_body_id_stream_financial_year'))
    )
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contribution_body_id'), ['body_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contribution_contract_id'), ['contract_id'], unique=False)

    op.create_table('extension_option',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('decide_by', sa.Date(), nullable=True),
    sa.Column('notice_months', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.CheckConstraint("status IN ('open', 'exercised', 'lapsed')", name=op.f('ck_extension_option_known status')),
    sa.CheckConstraint('months > 0', name=op.f('ck_extension_option_lengthens')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_extension_option_contract_id_contract')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension_option')),
    sa.UniqueConstraint('contract_id', 'number', name=op.f('uq_extension_option_contract_id_number'))
    )
    with op.batch_alter_table('extension_option', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_extension_option_contract_id'), ['contract_id'], unique=False)

    op.create_table('one_time_link',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('token_sha256', sa.String(), nullable=False),
    sa.Column('issued_at', UtcTime(timezone=True), nullable=False),
    sa.Column('expires_at', UtcTime(timezone=True), nullable=False),
    sa.Column('used_at', UtcTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', UtcTime(timezone=True), nullable=True),
    sa.CheckConstraint("purpose IN ('invitation', 'reset')", name=op.f('ck_one_time_link_known purpose')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_one_time_link_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_one_time_link')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_one_time_link_token_sha256'))
    )
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_one_time_link_user_id'), ['user_id'], unique=False)

    op.create_table('release',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('summary_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('content', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('released_at', UtcTime(timezone=True), nullable=False),
    sa.Column('released_by_id', sa.Uuid(), nullable=False),
    sa.Column('withdrawn_at', UtcTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.Uuid(), nullable=True),
    sa.Column('withdrawn_reason', sa.String(), nullable=False),
    sa.CheckConstraint('(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)', name=op.f('ck_release_withdrawn when and by whom')),
    sa.ForeignKeyConstraint(['released_by_id'], ['user_account.id'], name=op.f('fk_release_released_by_id_user_account')),
    sa.ForeignKeyConstraint(['summary_id'], ['summary.id'], name=op.f('fk_release_summary_id_summary')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['user_account.id'], name=op.f('fk_release_withdrawn_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release')),
    sa.UniqueConstraint('summary_id', 'number', name=op.f('uq_release_summary_id_number'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_summary_id'), ['summary_id'], unique=False)

    op.create_table('user_session',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('token_sha256', sa.String(), nullable=False),
    sa.Column('started_at', UtcTime(timezone=True), nullable=False),
    sa.Column('seen_at', UtcTime(timezone=True), nullable=False),
    sa.Column('ended_at', UtcTime(timezone=True), nullable=True),
    sa.Column('browser', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_user_session_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_session')),
    sa.UniqueConstraint('token_sha256', name=op.f('uq_user_session_token_sha256'))
    )
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_session_user_id'), ['user_id'], unique=False)

    op.create_table('upload',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('return_id', sa.Uuid(), nullable=True),
    sa.Column('series_id', sa.Uuid(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('layout', sa.String(), nullable=False),
    sa.Column('reader_version', sa.String(), nullable=False),
    sa.Column('received_at', UtcTime(timezone=True), nullable=False),
    sa.Column('received_by_id', sa.Uuid(), nullable=False),
    sa.Column('on_behalf', sa.Boolean(), nullable=False),
    sa.CheckConstraint('(return_id IS NULL) <> (series_id IS NULL)', name=op.f('ck_upload_for a return or for a series')),
    sa.ForeignKeyConstraint(['received_by_id'], ['user_account.id'], name=op.f('fk_upload_received_by_id_user_account')),
    sa.ForeignKeyConstraint(['return_id'], ['contract_return.id'], name=op.f('fk_upload_return_id_contract_return')),
    sa.ForeignKeyConstraint(['series_id'], ['context_series.id'], name=op.f('fk_upload_series_id_context_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sa.UniqueConstraint('return_id', 'number', name=op.f('uq_upload_return_id_number')),
    sa.UniqueConstraint('return_id', 'sha256', name=op.f('uq_upload_return_id_sha256')),
    sa.UniqueConstraint('series_id', 'number', name=op.f('uq_upload_series_id_number')),
    sa.UniqueConstraint('series_id', 'sha256', name=op.f('uq_upload_series_id_sha256'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_upload_return_id'), ['return_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_upload_series_id'), ['series_id'], unique=False)

    op.create_table('observation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('sheet', sa.String(), nullable=True),
    sa.Column('cell', sa.String(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('heading', sa.JSON(), nullable=False),
    sa.Column('indicator_code', sa.String(), nullable=True),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('breakdown', sa.String(), nullable=True),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('period_start', sa.Date(), nullable=True),
    sa.Column('period_end', sa.Date(), nullable=True),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('value', Exact(precision=18, scale=6), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('shown', sa.String(), nullable=False),
    sa.Column('match', sa.String(), nullable=False),
    sa.Column('confidence', Exact(precision=4, scale=3), nullable=False),
    sa.Column('comment', sa.String(), nullable=False),
    sa.CheckConstraint("(status = 'reported') = (value IS NOT NULL)", name=op.f('ck_observation_a value when reported')),
    sa.CheckConstraint('(period_start IS NULL) = (period_end IS NULL)', name=op.f('ck_observation_both ends of a period or neither')),
    sa.ForeignKeyConstraint(['indicator_code'], ['indicator.code'], name=op.f('fk_observation_indicator_code_indicator')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_observation_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_observation'))
    )
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_observation_upload_id'), ['upload_id'], unique=False)
        batch_op.create_index('ix_observation_upload_indicator', ['upload_id', 'indicator_code'], unique=False)

    op.create_table('problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('severity', sa.String(), nullable=False),
    sa.Column('sheet', sa.String(), nullable=True),
    sa.Column('cell', sa.String(), nullable=True),
    sa.Column('message', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_problem_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_problem'))
    )
    with op.batch_alter_table('problem', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_problem_upload_id'), ['upload_id'], unique=False)

    with op.batch_alter_table('contract_return') as batch_op:
        batch_op.create_foreign_key('fk_contract_return_accepted_upload_id_upload', 'upload', ['accepted_upload_id'], ['id'], deferrable=True, initially='IMMEDIATE')

    for trigger in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(sa.text(trigger))


def downgrade() -> None:
    with op.batch_alter_table('contract_return') as batch_op:
        batch_op.drop_constraint('fk_contract_return_accepted_upload_id_upload', type_='foreignkey')

    with op.batch_alter_table('problem', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_problem_upload_id'))

    op.drop_table('problem')
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.drop_index('ix_observation_upload_indicator')
        batch_op.drop_index(batch_op.f('ix_observation_upload_id'))

    op.drop_table('observation')
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_upload_series_id'))
        batch_op.drop_index(batch_op.f('ix_upload_return_id'))

    op.drop_table('upload')
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_session_user_id'))

    op.drop_table('user_session')
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_release_summary_id'))

    op.drop_table('release')
    with op.batch_alter_table('one_time_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_one_time_link_user_id'))

    op.drop_table('one_time_link')
    with op.batch_alter_table('extension_option', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_extension_option_contract_id'))

    op.drop_table('extension_option')
    with op.batch_alter_table('contribution', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contribution_contract_id'))
        batch_op.drop_index(batch_op.f('ix_contribution_body_id'))

    op.drop_table('contribution')
    with op.batch_alter_table('contract_service', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_service_service_id'))

    op.drop_table('contract_service')
    with op.batch_alter_table('contract_return', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_return_contract_id'))

    op.drop_table('contract_return')
    with op.batch_alter_table('contract_kpi', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_kpi_indicator_code'))
        batch_op.drop_index(batch_op.f('ix_contract_kpi_contract_id'))

    op.drop_table('contract_kpi')
    with op.batch_alter_table('user_account', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_account_organisation_id'))

    op.drop_table('user_account')
    with op.batch_alter_table('summary', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_summary_arrangement_id'))

    op.drop_table('summary')
    with op.batch_alter_table('organisation_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_organisation_name_organisation_id'))

    op.drop_table('organisation_name')
    with op.batch_alter_table('indicator_alias', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_indicator_alias_indicator_code'))

    op.drop_table('indicator_alias')
    with op.batch_alter_table('contract', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contract_provider_id'))
        batch_op.drop_index(batch_op.f('ix_contract_lead_commissioner_id'))
        batch_op.drop_index(batch_op.f('ix_contract_arrangement_id'))

    op.drop_table('contract')
    op.drop_table('context_series')
    with op.batch_alter_table('category', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_category_breakdown_key'))

    op.drop_table('category')
    op.drop_table('service')
    op.drop_table('organisation')
    op.drop_table('indicator')
    with op.batch_alter_table('failed_sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_failed_sign_in_at'))
        batch_op.drop_index(batch_op.f('ix_failed_sign_in_address'))
        batch_op.drop_index(batch_op.f('ix_failed_sign_in_account'))

    op.drop_table('failed_sign_in')
    op.drop_table('breakdown')
    with op.batch_alter_table('audit_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_event_subject_id'))
        batch_op.drop_index(batch_op.f('ix_audit_event_contract_id'))
        batch_op.drop_index(batch_op.f('ix_audit_event_action'))

    op.drop_table('audit_event')
    op.drop_table('arrangement')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(sa.text('DROP FUNCTION audit_event_refuse()'))
        op.execute(sa.text('DROP FUNCTION audit_event_follow()'))
