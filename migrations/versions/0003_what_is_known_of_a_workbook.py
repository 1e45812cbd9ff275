"""What is known of the layout of each contract's own workbooks, and what changed in it from upload to upload."""

import sqlalchemy as sa
from alembic import op

from dacommission.db import UtcTime

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_profile',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Uuid(), nullable=False),
    sa.Column('quarters', sa.String(), nullable=False),
    sa.Column('with_hidden', sa.Boolean(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("quarters IN ('', 'financial', 'calendar')", name=op.f('ck_import_profile_known quarters')),
    sa.ForeignKeyConstraint(['contract_id'], ['contract.id'], name=op.f('fk_import_profile_contract_id_contract')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_import_profile_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_profile')),
    sa.UniqueConstraint('contract_id', name=op.f('uq_import_profile_contract_id'))
    )
    op.create_table('known_series',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('profile_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.JSON(), nullable=False),
    sa.Column('key_sha256', sa.String(), nullable=False),
    sa.Column('meaning', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('breakdown', sa.String(), nullable=True),
    sa.Column('category', sa.String(), nullable=True),
    sa.Column('basis', sa.String(), nullable=True),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('sheet', sa.String(), nullable=True),
    sa.Column('cell', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=True),
    sa.Column('confirmed_at', UtcTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("(meaning = 'figure') = (code IS NOT NULL)", name=op.f('ck_known_series_a figure has a code')),
    sa.CheckConstraint("meaning <> 'not-ours' OR confirmed_at IS NOT NULL", name=op.f('ck_known_series_somebody said that it is not ours')),
    sa.CheckConstraint("meaning <> 'unknown' OR confirmed_at IS NULL", name=op.f('ck_known_series_nobody confirmed what is not known')),
    sa.CheckConstraint("meaning IN ('figure', 'not-ours', 'unknown')", name=op.f('ck_known_series_known meaning')),
    sa.CheckConstraint("part IN ('value', 'numerator', 'denominator', 'percent')", name=op.f('ck_known_series_known part')),
    sa.CheckConstraint('(confirmed_at IS NULL) = (confirmed_by_id IS NULL)', name=op.f('ck_known_series_confirmed when and by whom')),
    sa.ForeignKeyConstraint(['code'], ['indicator.code'], name=op.f('fk_known_series_code_indicator')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user_account.id'], name=op.f('fk_known_series_confirmed_by_id_user_account')),
    sa.ForeignKeyConstraint(['profile_id'], ['import_profile.id'], name=op.f('fk_known_series_profile_id_import_profile')),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_known_series_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_known_series')),
    sa.UniqueConstraint('profile_id', 'key_sha256', name=op.f('uq_known_series_profile_id_key_sha256'))
    )
    with op.batch_alter_table('known_series') as batch_op:
        batch_op.create_index(batch_op.f('ix_known_series_profile_id'), ['profile_id'], unique=False)

    op.create_table('layout_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Uuid(), nullable=False),
    sa.Column('sentence', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_layout_change_upload_id_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_layout_change'))
    )
    with op.batch_alter_table('layout_change') as batch_op:
        batch_op.create_index(batch_op.f('ix_layout_change_upload_id'), ['upload_id'], unique=False)


def downgrade() -> None:
    op.drop_table('layout_change')
    op.drop_table('known_series')
    op.drop_table('import_profile')
