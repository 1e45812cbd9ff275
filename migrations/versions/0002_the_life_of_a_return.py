"""The life of a return: rules of contracts, queries, views, explanations, waivers, extensions, disposals."""

from contextlib import contextmanager
from datetime import date

import sqlalchemy as sa
from alembic import op

from dacommission.db import UtcTime

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

# What must be true of each changed table, before this migration and after it.
BEFORE = {
    'contract': {
        'known regime': "regime IN ('PCR2015', 'PA2023', 'below-threshold', 'grant', 'in-house')",
        'ends after it began': 'starts_on <= ends_on',
    },
    'contract_return': {
        'accepted with an upload': "(status = 'accepted') = (accepted_upload_id IS NOT NULL)",
        'known status': "status IN ('due', 'received', 'submitted', 'sent-back', 'accepted')",
        'decided when and by whom': '(decided_at IS NULL) = (decided_by_id IS NULL)',
        'submitted when and by whom': '(submitted_at IS NULL) = (submitted_by_id IS NULL)',
        'quarter 1 to 4': 'quarter BETWEEN 1 AND 4',
    },
    'upload': {
        'for a return or for a series': '(return_id IS NULL) <> (series_id IS NULL)',
    },
    'observation': {
        'a value when reported': "(status = 'reported') = (value IS NOT NULL)",
        'both ends of a period or neither': '(period_start IS NULL) = (period_end IS NULL)',
    },
}
AFTER = {
    'contract': BEFORE['contract'] | {
        'a day of every month': 'return_day BETWEEN 1 AND 28',
        'follows another': 'follows_id <> id',
        'kept for some years': 'retention_years >= 0',
        'known acceptance rule': "acceptance_rule IN ('any', 'lead', 'all')",
        'known submission rule': "submission_rule IN ('manager', 'two-people', 'one-person')",
    },
    'contract_return': BEFORE['contract_return'] | {
        'known status': "status IN ('due', 'received', 'submitted', 'queried', 'sent-back', 'accepted')",
        'declared when submitted': '(submitted_at IS NULL) = (declared_as IS NULL)',
        'no fewer than none open': 'open_queries >= 0',
        'queried about something': "status <> 'queried' OR open_queries > 0",
    },
    'upload': BEFORE['upload'] | {
        'kept until disposed of': '(content IS NULL) = (disposed_at IS NOT NULL)',
        'known kind': "kind IN ('workbook', 'nil')",
        'withdrawn when and by whom': '(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)',
    },
    'observation': BEFORE['observation'] | {
        'corrected when and by whom': '(corrects_id IS NULL) = (corrected_at IS NULL) '
        'AND (corrects_id IS NULL) = (corrected_by_id IS NULL)',
    },
}


def upgrade() -> None:
    _new_tables()
    _new_columns()
    _fill()
    _bind()


def downgrade() -> None:
    """Raises where an original was disposed of: the earlier tables have no words for that."""
    disposed = op.get_bind().execute(sa.text('SELECT COUNT(*) FROM upload WHERE content IS NULL')).scalar()
    if disposed:
        raise RuntimeError(f'{disposed} originals were disposed of, so the database cannot go back to migration 0001.')
    _tables_gone()
    _unfill()
    _unbind()


@contextmanager
def _changed(table, checks, others):
    """A batch of changes to the table, at the end of which these checks hold instead of the others."""
    with op.batch_alter_table(table) as batch:
        for name in sorted(others[table].keys() - checks[table].keys() | _reworded(table)):
            batch.drop_constraint(op.f(f'ck_{table}_{name}'), type_='check')
        yield batch
        for name in sorted(checks[table].keys() - others[table].keys() | _reworded(table)):
            batch.create_check_constraint(op.f(f'ck_{table}_{name}'), checks[table][name])


def _reworded(table):
    return {name for name, rule in BEFORE[table].items() if AFTER[table][name] != rule}


def _new_columns() -> None:
    """Contracts without returns wait for those of the present financial year."""
    today = date.today()
    awaited = date(today.year - (today.month < 4), 4, 1)
    for table, columns in {
        'contract': (
            sa.Column('returns_from', sa.Date(), nullable=False, server_default=awaited.isoformat()),
            sa.Column('return_day', sa.Integer()),
            sa.Column('submission_rule', sa.String(), nullable=False, server_default='manager'),
            sa.Column('acceptance_rule', sa.String(), nullable=False, server_default='any'),
            sa.Column('retention_years', sa.Integer()),
            sa.Column('follows_id', sa.Uuid()),
        ),
        'contract_return': (
            sa.Column('backfilled', sa.Boolean(), nullable=False, server_default=sa.false()),
            sa.Column('open_queries', sa.Integer(), nullable=False, server_default='0'),
            sa.Column('declared_as', sa.String()),
            sa.Column('first_submitted_at', UtcTime(timezone=True)),
        ),
        'upload': (
            sa.Column('kind', sa.String(), nullable=False, server_default='workbook'),
            sa.Column('disposed_at', UtcTime(timezone=True)),
            sa.Column('revision', sa.Integer(), nullable=False, server_default='0'),
            sa.Column('withdrawn_at', UtcTime(timezone=True)),
            sa.Column('withdrawn_by_id', sa.Uuid()),
            sa.Column('withdrawn_reason', sa.String(), nullable=False, server_default=''),
        ),
        'observation': (
            sa.Column('expected_on', sa.Date()),
            sa.Column('corrects_id', sa.Integer()),
            sa.Column('corrected_at', UtcTime(timezone=True)),
            sa.Column('corrected_by_id', sa.Uuid()),
            sa.Column('reason', sa.String(), nullable=False, server_default=''),
        ),
        'problem': (
            sa.Column('fault', sa.String(), nullable=False, server_default=''),
            sa.Column('mended', sa.Boolean(), nullable=False, server_default=sa.false()),
        ),
    }.items():
        for column in columns:
            op.add_column(table, column)


def _fill() -> None:
    """Returns that were opened were awaited; what was submitted was declared by a manager, or for the provider."""
    op.execute(
        "UPDATE contract_return SET first_submitted_at = submitted_at, declared_as = CASE WHEN EXISTS (SELECT 1 FROM upload WHERE "
        "upload.return_id = contract_return.id AND upload.on_behalf) THEN 'commissioner' ELSE 'manager' END "
        "WHERE submitted_at IS NOT NULL"
    )
    op.execute(
        "UPDATE contract SET returns_from = starts_on "
        "WHERE EXISTS (SELECT 1 FROM contract_return WHERE contract_id = contract.id) OR starts_on > returns_from"
    )


def _bind() -> None:
    with _changed('contract', AFTER, BEFORE) as contract:
        contract.alter_column('returns_from', existing_type=sa.Date(), server_default=None)
        contract.create_index(op.f('ix_contract_follows_id'), ['follows_id'])
        contract.create_foreign_key(
            op.f('fk_contract_follows_id_contract'), 'contract', ['follows_id'], ['id'], deferrable=True, initially='IMMEDIATE'
        )
    with _changed('contract_return', AFTER, BEFORE):
        pass
    with _changed('observation', AFTER, BEFORE) as observation:
        observation.create_unique_constraint(op.f('uq_observation_corrects_id'), ['corrects_id'])
        observation.create_foreign_key(
            op.f('fk_observation_corrects_id_observation'), 'observation', ['corrects_id'], ['id'],
            deferrable=True, initially='IMMEDIATE'
        )
        observation.create_foreign_key(
            op.f('fk_observation_corrected_by_id_user_account'), 'user_account', ['corrected_by_id'], ['id']
        )
    with _changed('upload', AFTER, BEFORE) as upload:
        upload.alter_column('content', existing_type=sa.LargeBinary(), nullable=True)
        upload.drop_constraint(op.f('uq_upload_return_id_sha256'), type_='unique')
        upload.create_foreign_key(
            op.f('fk_upload_withdrawn_by_id_user_account'), 'user_account', ['withdrawn_by_id'], ['id']
        )
    standing = sa.text('withdrawn_at IS NULL')
    op.create_index(
        op.f('uq_upload_return_id_sha256'), 'upload', ['return_id', 'sha256'],
        unique=True, sqlite_where=standing, postgresql_where=standing,
    )


def _unfill() -> None:
    op.execute("UPDATE contract_return SET status = 'submitted' WHERE status = 'queried'")
    op.execute('DELETE FROM observation WHERE corrects_id IS NOT NULL')
    op.execute('DELETE FROM problem WHERE upload_id IN (SELECT id FROM upload WHERE withdrawn_at IS NOT NULL)')
    op.execute('DELETE FROM observation WHERE upload_id IN (SELECT id FROM upload WHERE withdrawn_at IS NOT NULL)')
    op.execute('DELETE FROM upload WHERE withdrawn_at IS NOT NULL')


def _unbind() -> None:
    op.drop_index(op.f('uq_upload_return_id_sha256'), 'upload')
    with _changed('upload', BEFORE, AFTER) as upload:
        upload.drop_constraint(op.f('fk_upload_withdrawn_by_id_user_account'), type_='foreignkey')
        upload.create_unique_constraint(op.f('uq_upload_return_id_sha256'), ['return_id', 'sha256'])
        upload.alter_column('content', existing_type=sa.LargeBinary(), nullable=False)
        for name in ('kind', 'disposed_at', 'revision', 'withdrawn_at', 'withdrawn_by_id', 'withdrawn_reason'):
            upload.drop_column(name)
    with _changed('observation', BEFORE, AFTER) as observation:
        observation.drop_constraint(op.f('fk_observation_corrected_by_id_user_account'), type_='foreignkey')
        observation.drop_constraint(op.f('fk_observation_corrects_id_observation'), type_='foreignkey')
        observation.drop_constraint(op.f('uq_observation_corrects_id'), type_='unique')
        for name in ('expected_on', 'corrects_id', 'corrected_at', 'corrected_by_id', 'reason'):
            observation.drop_column(name)
    with op.batch_alter_table('problem') as problem:
        problem.drop_column('fault')
        problem.drop_column('mended')
    with _changed('contract_return', BEFORE, AFTER) as owed:
        for name in ('backfilled', 'open_queries', 'declared_as', 'first_submitted_at'):
            owed.drop_column(name)
    with _changed('contract', BEFORE, AFTER) as contract:
        contract.drop_constraint(op.f('fk_contract_follows_id_contract'), type_='foreignkey')
        contract.drop_index(op.f('ix_contract_follows_id'))
        for name in (
            'returns_from', 'return_day', 'submission_rule', 'acceptance_rule', 'retention_years', 'follows_id'
        ):
            contract.drop_column(name)


def _tables_gone() -> None:
    for table in (
        'query_message', 'query', 'passage', 'body_view', 'explanation', 'due_extension', 'waiver', 'disposal', 'deputy'
    ):
        op.drop_table(table)


def _new_tables() -> None:
    op.create_table('deputy',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('named_at', UtcTime(timezone=True), nullable=False),
    sa.Column('named_by_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('starts_on <= ends_on', name=op.f('ck_deputy_ends after it began')),
    sa.ForeignKeyConstraint(['named_by_id'], ['user_account.id'], name=op.f('fk_deputy_named_by_id_user_account')),
    sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_deputy_user_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deputy'))
    )
    with op.batch_alter_table('deputy') as batch_op:
        batch_op.create_index(batch_op.f('ix_deputy_user_id'), ['user_id'], unique=False)

    op.create_table('disposal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('through_year', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('files', sa.Integer(), nullable=True),
    sa.Column('proposed_at', UtcTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Uuid(), nullable=False),
    sa.Column('proposing_body_id', sa.Uuid(), nullable=False),
    sa.Column('decided_at', UtcTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('deciding_body_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name=op.f('ck_disposal_decided or still proposed')),
    sa.CheckConstraint("status IN ('proposed', 'done', 'declined')", name=op.f('ck_disposal_known status')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_disposal_decided when and by whom')),
    sa.CheckConstraint('(decided_by_id IS NULL) = (deciding_body_id IS NULL)', name=op.f('ck_disposal_decided for a body')),
    sa.CheckConstraint('decided_by_id IS NULL OR decided_by_id <> proposed_by_id', name=op.f('ck_disposal_two people')),
    sa.CheckConstraint('deciding_body_id IS NULL OR deciding_body_id <> proposing_body_id', name=op.f('ck_disposal_two bodies')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_disposal_contract_id_contract')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_disposal_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['deciding_body_id'], ['organisation.id'], name=op.f('fk_disposal_deciding_body_id_organisation')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['user_account.id'], name=op.f('fk_disposal_proposed_by_id_user_account')),
    sa.ForeignKeyConstraint(['proposing_body_id'], ['organisation.id'], name=op.f('fk_disposal_proposing_body_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_disposal'))
    )
    with op.batch_alter_table('disposal') as batch_op:
        batch_op.create_index(batch_op.f('ix_disposal_contract_id'), ['contract_id'], unique=False)

    op.create_table('waiver',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('rule', sa.String(), nullable=False),
    sa.Column('indicator_code', sa.String(), nullable=True),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('asked_at', UtcTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('decided_at', UtcTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.CheckConstraint("(status = 'asked') = (decided_at IS NULL)", name=op.f('ck_waiver_decided or still asked for')),
    sa.CheckConstraint("status IN ('asked', 'approved', 'declined', 'ended')", name=op.f('ck_waiver_known status')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_waiver_decided when and by whom')),
    sa.CheckConstraint('starts_on <= ends_on', name=op.f('ck_waiver_ends after it began')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_waiver_asked_by_id_user_account')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_waiver_contract_id_contract')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_waiver_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['indicator_code'], ['indicator.code'], name=op.f('fk_waiver_indicator_code_indicator')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_waiver'))
    )
    with op.batch_alter_table('waiver') as batch_op:
        batch_op.create_index(batch_op.f('ix_waiver_contract_id'), ['contract_id'], unique=False)

    op.create_table('due_extension',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('return_id', sa.Uuid(), nullable=False),
    sa.Column('previous_due_at', UtcTime(timezone=True), nullable=False),
    sa.Column('due_at', UtcTime(timezone=True), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('asked_at', UtcTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('decided_at', UtcTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Uuid(), nullable=True),
    sa.Column('answer', sa.String(), nullable=False),
    sa.CheckConstraint("(status = 'asked') = (decided_at IS NULL)", name=op.f('ck_due_extension_decided or still asked for')),
    sa.CheckConstraint("status IN ('asked', 'granted', 'declined')", name=op.f('ck_due_extension_known status')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by_id IS NULL)', name=op.f('ck_due_extension_decided when and by whom')),
    sa.CheckConstraint('previous_due_at < due_at', name=op.f('ck_due_extension_later than before')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_due_extension_asked_by_id_user_account')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user_account.id'], name=op.f('fk_due_extension_decided_by_id_user_account')),
    sa.ForeignKeyConstraint(['return_id'], ['contract_return.id'], name=op.f('fk_due_extension_return_id_contract_return')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_due_extension'))
    )
    with op.batch_alter_table('due_extension') as batch_op:
        batch_op.create_index(batch_op.f('ix_due_extension_return_id'), ['return_id'], unique=False)

    op.create_table('explanation',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('return_id', sa.Uuid(), nullable=False),
    sa.Column('indicator_code', sa.String(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('why', sa.String(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('by_when', sa.Date(), nullable=True),
    sa.Column('written_at', UtcTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_code'], ['indicator.code'], name=op.f('fk_explanation_indicator_code_indicator')),
    sa.ForeignKeyConstraint(['return_id'], ['contract_return.id'], name=op.f('fk_explanation_return_id_contract_return')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user_account.id'], name=op.f('fk_explanation_written_by_id_user_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_explanation')),
    sa.UniqueConstraint('return_id', 'indicator_code', name=op.f('uq_explanation_return_id_indicator_code'))
    )
    with op.batch_alter_table('explanation') as batch_op:
        batch_op.create_index(batch_op.f('ix_explanation_return_id'), ['return_id'], unique=False)

    op.create_table('body_view',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('return_id', sa.Uuid(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('body_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('view', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.Column('set_aside', sa.Boolean(), nullable=False),
    sa.Column('recorded_at', UtcTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Uuid(), nullable=False),
    sa.CheckConstraint("view IN ('agrees', 'reservations', 'objects')", name=op.f('ck_body_view_known view')),
    sa.ForeignKeyConstraint(['body_id'], ['organisation.id'], name=op.f('fk_body_view_body_id_organisation')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user_account.id'], name=op.f('fk_body_view_recorded_by_id_user_account')),
    sa.ForeignKeyConstraint(['return_id'], ['contract_return.id'], name=op.f('fk_body_view_return_id_contract_return')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_body_view_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_body_view')),
    sa.UniqueConstraint('upload_id', 'revision', 'body_id', 'number', name=op.f('uq_body_view_upload_id_revision_body_id_number'))
    )
    with op.batch_alter_table('body_view') as batch_op:
        batch_op.create_index(batch_op.f('ix_body_view_return_id'), ['return_id'], unique=False)

    op.create_table('passage',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('sheet', sa.String(), nullable=True),
    sa.Column('cell', sa.String(), nullable=False),
    sa.Column('heading', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('consent', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_passage_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passage'))
    )
    with op.batch_alter_table('passage') as batch_op:
        batch_op.create_index(batch_op.f('ix_passage_upload_id'), ['upload_id'], unique=False)

    op.create_table('query',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('return_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('indicator_code', sa.String(), nullable=True),
    sa.Column('observation_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('raised_at', UtcTime(timezone=True), nullable=False),
    sa.Column('raised_by_id', sa.Uuid(), nullable=False),
    sa.Column('closed_at', UtcTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_query_closed when')),
    sa.CheckConstraint("status IN ('open', 'answered', 'closed')", name=op.f('ck_query_known status')),
    sa.CheckConstraint('(closed_at IS NULL) = (closed_by_id IS NULL)', name=op.f('ck_query_closed when and by whom')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user_account.id'], name=op.f('fk_query_closed_by_id_user_account')),
    sa.ForeignKeyConstraint(['indicator_code'], ['indicator.code'], name=op.f('fk_query_indicator_code_indicator')),
    sa.ForeignKeyConstraint(['observation_id'], ['observation.id'], name=op.f('fk_query_observation_id_observation')),
    sa.ForeignKeyConstraint(['owner_id'], ['user_account.id'], name=op.f('fk_query_owner_id_user_account')),
    sa.ForeignKeyConstraint(['raised_by_id'], ['user_account.id'], name=op.f('fk_query_raised_by_id_user_account')),
    sa.ForeignKeyConstraint(['return_id'], ['contract_return.id'], name=op.f('fk_query_return_id_contract_return')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_query_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_query')),
    sa.UniqueConstraint('return_id', 'number', name=op.f('uq_query_return_id_number'))
    )
    with op.batch_alter_table('query') as batch_op:
        batch_op.create_index(batch_op.f('ix_query_return_id'), ['return_id'], unique=False)

    op.create_table('query_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('query_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('said_at', UtcTime(timezone=True), nullable=False),
    sa.Column('said_by_id', sa.Uuid(), nullable=False),
    sa.Column('observation_id', sa.Integer(), nullable=True),
    sa.Column('upload_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("kind IN ('question', 'answer', 'correction', 'new-version', 'closing')", name=op.f('ck_query_message_known kind')),
    sa.ForeignKeyConstraint(['observation_id'], ['observation.id'], name=op.f('fk_query_message_observation_id_observation')),
    sa.ForeignKeyConstraint(['query_id'], ['query.id'], name=op.f('fk_query_message_query_id_query')),
    sa.ForeignKeyConstraint(['said_by_id'], ['user_account.id'], name=op.f('fk_query_message_said_by_id_user_account')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_query_message_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_query_message'))
    )
    with op.batch_alter_table('query_message') as batch_op:
        batch_op.create_index(batch_op.f('ix_query_message_query_id'), ['query_id'], unique=False)
